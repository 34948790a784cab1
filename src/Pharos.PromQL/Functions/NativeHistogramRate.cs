using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> of native histograms: the difference over the window, extrapolated to its edges as that of floats, with
/// the counter's zero point found by the number of observations. Keeps arrays between calls: one for each thread.
/// </summary>
internal sealed class NativeHistogramRate
{
    private readonly HistogramAccumulator _result = new(isCompensated: false);
    private readonly bool _isCounter;
    private readonly bool _isRate;

    /// <summary>Computes one of the three functions.</summary>
    /// <param name="isCounter">Whether falling counts are resets: rate and increase.</param>
    /// <param name="isRate">Whether the result is by the second: rate.</param>
    public NativeHistogramRate(bool isCounter, bool isRate)
    {
        _isCounter = isCounter;
        _isRate = isRate;
    }

    /// <summary>The result for a window with at least one histogram; null where there is none. It is compact, and a gauge if of two samples or more.</summary>
    public FloatHistogram? Compute(in HistogramWindow window, ref HistogramNotices notices)
    {
        if (window.IsMixed)
        {
            notices |= HistogramNotices.MixedFloatsAndHistograms;
            return null;
        }

        FloatHistogram first = window.Histograms[0]!;
        _result.Clear();
        if (window.Length > 1 && !TryDifference(window, ref notices))
        {
            return null;
        }

        if (_isCounter && window.StartsWithin)
        {
            if (!TryAdd(first, ref notices))
            {
                return null;
            }
        }
        else if (window.Length == 1)
        {
            return null;
        }

        _result.Multiply(Extrapolation.Factor(window, _isCounter, _isRate, first.Count, _result.Count));
        return (window.Length > 1 ? _result.ToHistogram(CounterResetHint.Gauge) : _result.ToHistogram()).Compact();
    }

    // Last minus first, plus what each reset took away.
    private bool TryDifference(in HistogramWindow window, ref HistogramNotices notices)
    {
        FloatHistogram first = window.Histograms[0]!;
        FloatHistogram last = window.Histograms[^1]!;
        HistogramNotices found = HistogramNotices.None;
        if (_isCounter && IsGauge(first, last, all: false))
        {
            found |= HistogramNotices.NotCounter;
        }
        else if (!_isCounter && !IsGauge(first, last, all: true))
        {
            found |= HistogramNotices.NotGauge;
        }

        if (_isCounter && window.IsReset(1))
        {
            // What was before the reset has no part in the result, so its layout does not matter either.
            FloatHistogram second = window.Histograms[1]!;
            first = new FloatHistogram { Schema = second.Schema, CustomValues = second.CustomValues };
        }

        int schema = Math.Min(first.Schema, last.Schema);
        if (last.UsesCustomBuckets != first.UsesCustomBuckets || !TryFindSchema(window, first.UsesCustomBuckets, ref schema, ref found))
        {
            notices |= HistogramNotices.MixedSchemas;
            return false;
        }

        notices |= found;
        _result.Add(last);
        _result.ReduceResolution(schema);
        CombinationNotices combination = _result.Subtract(first);
        notices |= (combination & CombinationNotices.BoundsReconciled) != 0 ? HistogramNotices.BoundsReconciledInSubtraction : 0;
        return !_isCounter || TryAddResets(window, first, ref notices);
    }

    // Looks at what lies between first and last, which only counters need.
    private bool TryFindSchema(in HistogramWindow window, bool usesCustomBuckets, ref int schema, ref HistogramNotices notices)
    {
        if (!_isCounter || window.Length < 3)
        {
            return true;
        }

        foreach (FloatHistogram? histogram in window.Histograms[1..^1])
        {
            notices |= histogram!.CounterResetHint == CounterResetHint.Gauge ? HistogramNotices.NotCounter : 0;
            schema = Math.Min(schema, histogram.Schema);
            if (histogram.UsesCustomBuckets != usesCustomBuckets)
            {
                notices |= HistogramNotices.MixedSchemas;
                return false;
            }
        }

        return true;
    }

    private bool TryAddResets(in HistogramWindow window, FloatHistogram first, ref HistogramNotices notices)
    {
        for (int i = 1; i < window.Length; i++)
        {
            if (window.StartOverlaps(i))
            {
                notices |= HistogramNotices.StartTimeOverlap;
            }

            FloatHistogram before = i == 1 ? first : window.Histograms[i - 1]!;
            bool isReset = i == 1 ? window.IsStartReset(1) || window.Histograms[1]!.DetectReset(before) : window.IsReset(i);
            if (isReset && !TryAdd(before, ref notices))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(FloatHistogram histogram, ref HistogramNotices notices)
    {
        CombinationNotices combination = _result.Add(histogram);
        if ((combination & CombinationNotices.MixedSchemas) != 0)
        {
            notices |= HistogramNotices.MixedSchemas;
            return false;
        }

        notices |= (combination & CombinationNotices.BoundsReconciled) != 0 ? HistogramNotices.BoundsReconciledInAddition : 0;
        return true;
    }

    private static bool IsGauge(FloatHistogram first, FloatHistogram last, bool all) => all
        ? first.CounterResetHint == CounterResetHint.Gauge && last.CounterResetHint == CounterResetHint.Gauge
        : first.CounterResetHint == CounterResetHint.Gauge || last.CounterResetHint == CounterResetHint.Gauge;
}
