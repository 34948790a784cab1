namespace Pharos.Core.Contracts;

/// <summary>What the store has taken since it was opened.</summary>
/// <param name="Samples">Samples of floats.</param>
/// <param name="Exemplars">Exemplars.</param>
/// <param name="Histograms">Native histograms.</param>
/// <param name="NewestTime">The newest time of all, milliseconds since the Unix epoch; 0 when there is none.</param>
public readonly record struct LogStatistics(long Samples, long Exemplars, long Histograms, long NewestTime);
