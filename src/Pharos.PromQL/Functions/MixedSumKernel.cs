namespace Pharos.PromQL.Functions;

/// <summary><c>sum_over_time</c> and <c>avg_over_time</c>.</summary>
internal sealed class MixedSumKernel(bool isAverage) : MixedKernel
{
    private readonly NativeHistogramsOverTime _histograms = new();

    public override void Compute(in HistogramWindow window, ReadOnlySpan<double> values, int step, RowSpan output, ref HistogramNotices notices)
    {
        if ((isAverage ? _histograms.Mean(window, ref notices) : _histograms.Sum(window, ref notices)) is { } result)
        {
            output.Set(step, result);
        }
    }
}
