using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>Histograms between two samples of a series, for <c>smoothed</c> selectors.</summary>
internal static class NativeHistogramInterpolation
{
    /// <summary>
    /// What the series is at a time between two samples, or at one of them. A counter that was reset between them is taken to have been 0 at the first.
    /// Null where the two do not go together.
    /// </summary>
    public static FloatHistogram? Between(
        FloatHistogram first,
        long firstTime,
        FloatHistogram second,
        long secondTime,
        long time,
        bool isCounter,
        ref HistogramNotices notices)
    {
        if (time == firstTime || time == secondTime)
        {
            return time == firstTime ? first : second;
        }

        double fraction = (double)(time - firstTime) / (secondTime - firstTime);
        if (isCounter && second.DetectReset(first))
        {
            return second.Multiply(fraction);
        }

        if (!second.TrySubtract(first, out FloatHistogram? difference, out CombinationNotices subtraction))
        {
            notices |= HistogramNotices.MixedSchemas;
            return null;
        }

        difference.Multiply(fraction).TryAdd(first, out FloatHistogram? result, out CombinationNotices addition);
        notices |= (subtraction & CombinationNotices.BoundsReconciled) != 0 ? HistogramNotices.BoundsReconciledInSubtraction : 0;
        notices |= (addition & CombinationNotices.BoundsReconciled) != 0 ? HistogramNotices.BoundsReconciledInAddition : 0;
        return result;
    }

    /// <summary>
    /// What a series is at a time by the samples around it: the sample at the time, else interpolated between the neighbours, else the last one before.
    /// Null where there is nothing before, or floats are among the histograms, or the neighbours do not go together.
    /// </summary>
    public static FloatHistogram? At(in HistogramWindow window, long time, ref HistogramNotices notices)
    {
        if (window.IsMixed)
        {
            notices |= HistogramNotices.MixedFloatsAndHistograms;
            return null;
        }

        int next = Interpolation.CountUpTo(window.Timestamps, window.Length, time - 1);
        if (next < window.Length && window.Timestamps[next] == time)
        {
            return window.Histograms[next];
        }

        if (next == 0)
        {
            return null;
        }

        FloatHistogram before = window.Histograms[next - 1]!;
        if (next == window.Length)
        {
            // Its hint is about itself and the sample before it, not about this time.
            return before.WithHint(CounterResetHint.Unknown);
        }

        FloatHistogram after = window.Histograms[next]!;
        if (before.UsesCustomBuckets != after.UsesCustomBuckets)
        {
            notices |= HistogramNotices.MixedSchemas;
            return null;
        }

        bool isCounter = before.CounterResetHint != CounterResetHint.Gauge || after.CounterResetHint != CounterResetHint.Gauge;
        return Between(before, window.Timestamps[next - 1], after, window.Timestamps[next], time, isCounter, ref notices);
    }
}
