using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>
/// The operators <c>&lt;/</c> and <c>&gt;/</c>: observations on one side of a value. The bucket that holds the value is split as its kind of buckets is
/// spread; the sum is estimated from the middles of what is left of the buckets.
/// </summary>
internal static class BucketTrimming
{
    public static FloatHistogram Trim(FloatHistogram histogram, double at, bool isUpper)
    {
        var trim = new Trimming(at, isUpper, histogram.UsesCustomBuckets);
        double[]? positive = TrimSide(histogram, isPositive: true, ref trim, out bool hasPositive);
        double[]? negative = TrimSide(histogram, isPositive: false, ref trim, out bool hasNegative);
        double zeroCount = histogram.ZeroCount;
        if (zeroCount > 0)
        {
            zeroCount = trim.KeepOfZeroBucket(histogram.ZeroBucket, hasNegative, hasPositive);
        }

        if (positive is null && negative is null && zeroCount == histogram.ZeroCount)
        {
            return histogram;
        }

        FloatHistogram trimmed = new()
        {
            CounterResetHint = histogram.CounterResetHint,
            Schema = histogram.Schema,
            ZeroThreshold = histogram.ZeroThreshold,
            ZeroCount = zeroCount,
            Count = trim.Count,
            Sum = trim.Sum,
            PositiveSpans = histogram.PositiveSpans,
            PositiveBuckets = positive is null ? histogram.PositiveBuckets : ImmutableCollectionsMarshal.AsImmutableArray(positive),
            NegativeSpans = histogram.NegativeSpans,
            NegativeBuckets = negative is null ? histogram.NegativeBuckets : ImmutableCollectionsMarshal.AsImmutableArray(negative),
            CustomValues = histogram.CustomValues,
        };
        return trimmed.Compact();
    }

    // The counts that are left; null when all are.
    private static double[]? TrimSide(FloatHistogram histogram, bool isPositive, ref Trimming trim, out bool isPopulated)
    {
        double[]? counts = null;
        isPopulated = false;
        ReadOnlySpan<double> before = (isPositive ? histogram.PositiveBuckets : histogram.NegativeBuckets).AsSpan();
        var cursor = new BucketCursor(isPositive ? histogram.PositiveSpans : histogram.NegativeSpans, before.Length, isReverse: false);
        while (cursor.MoveNext())
        {
            HistogramBucket bucket = histogram.BucketAt(cursor, isPositive);
            if (bucket.Count == 0)
            {
                continue;
            }

            isPopulated = true;
            double kept = trim.Keep(bucket, isPositive);
            if (kept != bucket.Count)
            {
                counts ??= before.ToArray();
                counts[cursor.Position] = kept;
            }
        }

        return counts;
    }
}
