using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary><c>irate</c> and <c>idelta</c> of native histograms: the difference of the last two samples.</summary>
internal static class NativeHistogramInstantDelta
{
    /// <summary>The result for a window with at least two samples whose last two are histograms; null where they do not go together. It is a compact gauge.</summary>
    public static FloatHistogram? Compute(in HistogramWindow window, bool isRate, ref HistogramNotices notices)
    {
        FloatHistogram previous = window.Histograms[^2]!;
        FloatHistogram current = window.Histograms[^1]!;
        bool isAnyGauge = previous.CounterResetHint == CounterResetHint.Gauge || current.CounterResetHint == CounterResetHint.Gauge;
        bool areGauges = previous.CounterResetHint == CounterResetHint.Gauge && current.CounterResetHint == CounterResetHint.Gauge;
        notices |= isRate && isAnyGauge ? HistogramNotices.NotCounter : 0;
        notices |= !isRate && !areGauges ? HistogramNotices.NotGauge : 0;
        FloatHistogram? result = current;
        if (!isRate || !window.IsReset(window.Length - 1))
        {
            if (!current.TrySubtract(previous, out result, out CombinationNotices combination))
            {
                notices |= HistogramNotices.MixedSchemas;
                return null;
            }

            notices |= (combination & CombinationNotices.BoundsReconciled) != 0 ? HistogramNotices.BoundsReconciledInSubtraction : 0;
        }

        result = result.Compact().WithHint(CounterResetHint.Gauge);
        return isRate ? result.Divide((window.Timestamps[^1] - window.Timestamps[^2]) / 1000.0) : result;
    }
}
