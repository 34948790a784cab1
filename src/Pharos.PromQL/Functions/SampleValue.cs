using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>One value of a series: a number, or a histogram where there is one.</summary>
internal readonly record struct SampleValue(double Number, FloatHistogram? Histogram = null)
{
    public bool IsHistogram => Histogram is not null;
}
