namespace Pharos.PromQL.Functions;

/// <summary><c>rate</c>, <c>increase</c> and <c>delta</c> over <c>anchored</c> or <c>smoothed</c> selectors.</summary>
internal sealed class MixedExtendedRateKernel(bool isCounter, bool isRate, bool isSmoothed) : MixedKernel
{
    private readonly NativeHistogramExtendedRate _rate = new(isCounter, isRate, isSmoothed);

    public override void Compute(in HistogramWindow window, ReadOnlySpan<double> values, int step, RowSpan output, ref HistogramNotices notices)
    {
        if (_rate.Compute(window, ref notices) is { } result)
        {
            output.Set(step, result);
        }
    }
}
