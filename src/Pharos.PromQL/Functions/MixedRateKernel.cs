namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> of histograms, and of numbers that know when their counter began: such a beginning inside the window counts as
/// a sample of 0 there, instead of an extrapolation to the left.
/// </summary>
internal sealed class MixedRateKernel(bool isCounter, bool isRate) : MixedKernel
{
    private readonly NativeHistogramRate _histograms = new(isCounter, isRate);

    public override void Compute(in HistogramWindow window, ReadOnlySpan<double> values, int step, RowSpan output, ref HistogramNotices notices)
    {
        if (window.HasHistogram)
        {
            if (_histograms.Compute(window, ref notices) is { } result)
            {
                output.Set(step, result);
            }
        }
        else if (TryCompute(window, values, out double result, ref notices))
        {
            output.Set(step, result);
        }
    }

    private bool TryCompute(in HistogramWindow window, ReadOnlySpan<double> values, out double result, ref HistogramNotices notices)
    {
        result = Difference(window, values, ref notices);
        if (isCounter && window.StartsWithin)
        {
            result += values[0];
        }
        else if (window.Length == 1)
        {
            return false;
        }

        result *= Extrapolation.Factor(window, isCounter, isRate, values[0], result);
        return true;
    }

    private double Difference(in HistogramWindow window, ReadOnlySpan<double> values, ref HistogramNotices notices)
    {
        double difference = values[^1] - values[0];
        for (int i = 1; i < values.Length && isCounter; i++)
        {
            if (window.StartOverlaps(i))
            {
                notices |= HistogramNotices.StartTimeOverlap;
            }

            if (values[i] < values[i - 1] || window.IsStartReset(i))
            {
                difference += values[i - 1];
            }
        }

        return difference;
    }
}
