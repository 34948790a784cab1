namespace Pharos.Core.Samples;

/// <summary>A timestamp and a value of one series.</summary>
/// <param name="Timestamp">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Value">Any double; <see cref="Staleness.Marker"/> says that the series ended.</param>
public readonly record struct Sample(long Timestamp, double Value);
