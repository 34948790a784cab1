using Pharos.Core.Histograms;

namespace Pharos.PromQL.Syntax.Series;

/// <summary>One position in the values of a series description.</summary>
/// <param name="Value">The sample; meaningless where it is omitted or a histogram.</param>
/// <param name="IsOmitted">The position has no sample.</param>
/// <param name="Histogram">The native histogram, where it is one.</param>
/// <param name="IsCounterResetHintSet">The text names a counter reset hint for the histogram, so that it is to be compared.</param>
public readonly record struct SeriesValue(double Value, bool IsOmitted = false, FloatHistogram? Histogram = null, bool IsCounterResetHintSet = false);
