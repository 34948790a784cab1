using System.Collections.Immutable;

namespace Pharos.Core.Histograms;

/// <summary>Counter resets between two histograms of a series, as upstream finds them.</summary>
internal static class ResetDetection
{
    public static bool IsReset(FloatHistogram current, FloatHistogram previous)
    {
        if (current.CounterResetHint is CounterResetHint.Reset or CounterResetHint.NotReset)
        {
            return current.CounterResetHint == CounterResetHint.Reset;
        }

        if (current.Count < previous.Count)
        {
            return true;
        }

        if (current.UsesCustomBuckets)
        {
            return !previous.UsesCustomBuckets || IsResetOfCustomBuckets(current, previous);
        }

        if (current.Schema > previous.Schema || current.ZeroThreshold < previous.ZeroThreshold)
        {
            return true;
        }

        double zeroCount = previous.ZeroCount;
        if (current.ZeroThreshold > previous.ZeroThreshold)
        {
            double threshold = current.ZeroThreshold;
            zeroCount = new HistogramView(previous).ZeroCountUpTo(ref threshold).Value;
            if (threshold != current.ZeroThreshold)
            {
                // A populated bucket cannot be cut by a wider zero bucket without a reset.
                return true;
            }
        }

        return current.ZeroCount < zeroCount
            || IsResetOfExponential(current, previous, current.PositiveSpans, current.PositiveBuckets, previous.PositiveSpans, previous.PositiveBuckets)
            || IsResetOfExponential(current, previous, current.NegativeSpans, current.NegativeBuckets, previous.NegativeSpans, previous.NegativeBuckets);
    }

    private static bool IsResetOfCustomBuckets(FloatHistogram current, FloatHistogram previous)
    {
        if (current.CustomValues.AsSpan().SequenceEqual(previous.CustomValues.AsSpan()))
        {
            return current.ZeroCount < previous.ZeroCount
                || HasFallen(
                    new BucketSide(current.PositiveSpans, current.PositiveBuckets.AsSpan()),
                    new BucketSide(previous.PositiveSpans, previous.PositiveBuckets.AsSpan()));
        }

        ImmutableArray<double> common = CustomBounds.Intersect(current.CustomValues, previous.CustomValues);
        var now = new CompensatedSum[common.Length + 1];
        var before = new CompensatedSum[common.Length + 1];
        CustomBounds.Map(new HistogramView(current).Positive, current.CustomValues.AsSpan(), now, common.AsSpan(), isSubtraction: false);
        CustomBounds.Map(new HistogramView(previous).Positive, previous.CustomValues.AsSpan(), before, common.AsSpan(), isSubtraction: false);
        for (int i = 0; i < now.Length; i++)
        {
            if (now[i].Value < before[i].Value)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsResetOfExponential(
        FloatHistogram current,
        FloatHistogram previous,
        ImmutableArray<BucketSpan> spans,
        ImmutableArray<double> counts,
        ImmutableArray<BucketSpan> previousSpans,
        ImmutableArray<double> previousCounts)
    {
        var now = new BucketSide(spans, counts.AsSpan());
        var before = new BucketSide(previousSpans, previousCounts.AsSpan());
        if (previous.Schema > current.Schema)
        {
            var reduced = new BucketRow(isCompensated: false);
            reduced.Set(before);
            reduced.Reduce(BucketBounds.Shift(previous.Schema, current.Schema));
            before = reduced.Side;
        }

        return HasFallen(now.Outside(current.ZeroThreshold, current.Schema), before.Outside(current.ZeroThreshold, current.Schema));
    }

    // Whether a bucket is smaller than before, or populated before and gone now.
    private static bool HasFallen(BucketSide now, BucketSide before)
    {
        if (BucketLayout.Equal(now.Spans, before.Spans))
        {
            return CountLoops.AnyLess(now.Counts, before.Counts);
        }

        var n = new BucketLayout.Intervals(now.Spans);
        var b = new BucketLayout.Intervals(before.Spans);
        bool isLeft = n.MoveNext();
        while (b.MoveNext())
        {
            for (int index = b.Start; index < b.End;)
            {
                while (isLeft && n.End <= index)
                {
                    isLeft = n.MoveNext();
                }

                ReadOnlySpan<double> counts = before.Counts[(b.Position + index - b.Start)..];
                int start = isLeft ? Math.Clamp(n.Start, index, b.End) : b.End;
                if (counts[..(start - index)].ContainsAnyExcept(0.0))
                {
                    return true;
                }

                int end = isLeft ? Math.Clamp(n.End, start, b.End) : b.End;
                if (end > start && CountLoops.AnyLess(now.Counts.Slice(n.Position + start - n.Start, end - start), counts[(start - index)..]))
                {
                    return true;
                }

                index = end;
            }
        }

        return false;
    }
}
