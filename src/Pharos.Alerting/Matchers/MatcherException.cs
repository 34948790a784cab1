namespace Pharos.Alerting.Matchers;

/// <summary>A text is no matcher. The message is upstream's.</summary>
public sealed class MatcherException(string message) : FormatException(message);
