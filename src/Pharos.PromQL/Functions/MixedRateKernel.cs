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
        double interval = (window.Timestamps[^1] - window.Timestamps[0]) / 1000.0;
        double average = window.Length > 1 ? interval / (window.Length - 1) : 0;
        double threshold = average * 1.1;
        double toStart = (window.Timestamps[0] - window.RangeStart) / 1000.0;
        double toEnd = (window.RangeEnd - window.Timestamps[^1]) / 1000.0;
        if (isCounter && window.StartsWithin)
        {
            toStart = 0;
            interval = (window.Timestamps[^1] - window.StartTimestamps[0]) / 1000.0;
            result += values[0];
        }
        else if (window.Length == 1)
        {
            return false;
        }
        else
        {
            toStart = toStart >= threshold ? average / 2 : toStart;
            double toZero = isCounter && result > 0 && values[0] >= 0 ? interval * (values[0] / result) : toStart;
            toStart = toZero < toStart ? toZero : toStart;
        }

        toEnd = toEnd >= threshold ? average / 2 : toEnd;
        double factor = interval != 0 ? (interval + toStart + toEnd) / interval : 1;
        result *= isRate ? factor / window.RangeSeconds : factor;
        return true;
    }

    private double Difference(in HistogramWindow window, ReadOnlySpan<double> values, ref HistogramNotices notices)
    {
        double difference = values[^1] - values[0];
        for (int i = 1; i < values.Length && isCounter; i++)
        {
            if (window.StartTimestamps.Length > 0 && StartTimes.Overlaps(window.StartTimestamps[i - 1], window.Timestamps[i - 1], window.StartTimestamps[i]))
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
