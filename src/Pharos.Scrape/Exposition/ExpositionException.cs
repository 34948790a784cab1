namespace Pharos.Scrape.Exposition;

/// <summary>The body is not what its format allows. The message is upstream's: what was expected, what came, and the line up to there.</summary>
public sealed class ExpositionException(string message) : Exception(message);
