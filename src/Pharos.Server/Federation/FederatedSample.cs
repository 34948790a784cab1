using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.Server.Federation;

/// <summary>The newest sample of a series.</summary>
/// <param name="Labels">With the metric name.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Value">Where it is no histogram.</param>
/// <param name="Histogram">Null for a number.</param>
internal readonly record struct FederatedSample(Labels Labels, long Timestamp, double Value, FloatHistogram? Histogram);
