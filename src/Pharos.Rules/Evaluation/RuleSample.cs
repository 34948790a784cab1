using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.Rules.Evaluation;

/// <summary>What a rule gives: a value of a series at the time of the evaluation.</summary>
/// <param name="Labels">The series.</param>
/// <param name="Value">The number; 0 where it is a histogram, as alerts have it upstream.</param>
/// <param name="Histogram">The native histogram, where it is one.</param>
internal readonly record struct RuleSample(Labels Labels, double Value, FloatHistogram? Histogram = null);
