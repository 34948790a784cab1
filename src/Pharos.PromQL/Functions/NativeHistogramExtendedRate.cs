using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> of native histograms over <c>anchored</c> or <c>smoothed</c> selectors: the difference between the two
/// ends of the range, without extrapolation. The windows reach beyond the range by the look-back. Keeps arrays between calls: one for each thread.
/// </summary>
internal sealed class NativeHistogramExtendedRate
{
    private readonly HistogramAccumulator _result = new(isCompensated: false);
    private readonly HistogramAccumulator _correction = new(isCompensated: false);
    private readonly bool _isCounter;
    private readonly bool _isRate;
    private readonly bool _isSmoothed;

    /// <summary>Computes one of the three functions over one of the two kinds of selectors.</summary>
    public NativeHistogramExtendedRate(bool isCounter, bool isRate, bool isSmoothed)
    {
        _isCounter = isCounter;
        _isRate = isRate;
        _isSmoothed = isSmoothed;
    }

    /// <summary>The result for a window with at least one histogram; null where there is none. It is a compact gauge.</summary>
    public FloatHistogram? Compute(in HistogramWindow window, ref HistogramNotices notices)
    {
        if (window.IsMixed)
        {
            notices |= HistogramNotices.MixedFloatsAndHistograms;
            return null;
        }

        ReadOnlySpan<long> timestamps = window.Timestamps;
        int last = window.Length - 1;
        int first = Math.Max(0, Interpolation.CountUpTo(timestamps, last, window.RangeStart) - 1);
        if (_isSmoothed)
        {
            last = Interpolation.CountUpTo(timestamps, last, window.RangeEnd - 1);
        }

        bool isOutside = timestamps[last] <= window.RangeStart || (_isSmoothed && timestamps[first] > window.RangeEnd);
        if (isOutside || !Check(window.Histograms[first..(last + 1)], ref notices))
        {
            return null;
        }

        FloatHistogram? left = Left(window, first, ref notices);
        FloatHistogram? right = left is null ? null : Right(window, last, ref notices);
        if (left is null || right is null)
        {
            return null;
        }

        if (!_isCounter && (left.CounterResetHint != CounterResetHint.Gauge || right.CounterResetHint != CounterResetHint.Gauge))
        {
            notices |= HistogramNotices.NotGauge;
        }

        _result.Set(right);
        notices |= Notices(_result.Subtract(left), HistogramNotices.BoundsReconciledInSubtraction);
        if (_isCounter)
        {
            Correct(window, first, last, left, right, ref notices);
        }

        if (_isRate)
        {
            _result.Divide(window.RangeSeconds);
        }

        return _result.ToHistogram(CounterResetHint.Gauge).Compact();
    }

    private bool Check(ReadOnlySpan<FloatHistogram?> histograms, ref HistogramNotices notices)
    {
        foreach (FloatHistogram? histogram in histograms)
        {
            if (histogram!.UsesCustomBuckets != histograms[0]!.UsesCustomBuckets)
            {
                notices |= HistogramNotices.MixedSchemas;
                return false;
            }

            if (_isCounter && histogram.CounterResetHint == CounterResetHint.Gauge)
            {
                notices |= HistogramNotices.NotCounter;
            }
        }

        return true;
    }

    private FloatHistogram? Left(in HistogramWindow window, int first, ref HistogramNotices notices) =>
        _isSmoothed && window.Timestamps[first] < window.RangeStart ? Between(window, first, window.RangeStart, ref notices) : window.Histograms[first];

    private FloatHistogram? Right(in HistogramWindow window, int last, ref HistogramNotices notices) =>
        _isSmoothed && last > 0 && window.Timestamps[last] > window.RangeEnd
            ? Between(window, last - 1, window.RangeEnd, ref notices)
            : window.Histograms[last];

    private FloatHistogram? Between(in HistogramWindow window, int index, long time, ref HistogramNotices notices) => NativeHistogramInterpolation.Between(
        window.Histograms[index]!,
        window.Timestamps[index],
        window.Histograms[index + 1]!,
        window.Timestamps[index + 1],
        time,
        _isCounter,
        ref notices);

    // Adds what resets between the ends took away. The ends themselves are left and right, which stand for the samples there.
    private void Correct(in HistogramWindow window, int first, int last, FloatHistogram left, FloatHistogram right, ref HistogramNotices notices)
    {
        FloatHistogram before = left;
        int next = first + 1;
        if (_isSmoothed && window.Timestamps[first] < window.RangeStart && window.Histograms[first + 1]!.DetectReset(window.Histograms[first]!))
        {
            // The value at the left end takes this reset into account already.
            before = window.Histograms[next++]!;
        }

        if (next > last)
        {
            return;
        }

        _correction.Clear();
        for (int i = next; i <= last; i++)
        {
            FloatHistogram current = i == last ? right : window.Histograms[i]!;
            if (current.DetectReset(before))
            {
                notices |= Notices(_correction.Add(before), HistogramNotices.BoundsReconciledInAddition);
            }

            before = current;
        }

        notices |= Notices(_result.Add(_correction), HistogramNotices.BoundsReconciledInAddition);
    }

    private static HistogramNotices Notices(CombinationNotices combination, HistogramNotices reconciled) =>
        (combination & CombinationNotices.BoundsReconciled) != 0 ? reconciled : HistogramNotices.None;
}
