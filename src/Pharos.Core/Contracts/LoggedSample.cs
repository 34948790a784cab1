using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>A sample as the log has it.</summary>
/// <param name="Series">Its series.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Value">Its value.</param>
/// <param name="StartTimestamp">Since when a cumulative value counts, milliseconds; 0 where nobody said it.</param>
public readonly record struct LoggedSample(SeriesRef Series, long Timestamp, double Value, long StartTimestamp);
