using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>A native histogram as the log has it.</summary>
/// <param name="Series">Its series.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Histogram">With whole counts or with floats.</param>
public readonly record struct LoggedHistogram(SeriesRef Series, long Timestamp, NativeHistogram Histogram);
