using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>histogram_quantile</c> of native histograms. Observations are taken to be spread evenly in custom buckets and in the zero bucket, and evenly by
/// their logarithm in exponential ones. Observations of NaN are in no bucket: they count as the greatest. Benchmark: NativeHistogramBenchmarks.
/// </summary>
internal static class NativeHistogramQuantile
{
    /// <summary>The value that a part of the observations, 0 to 1, does not exceed; -Inf and +Inf for parts out of range, NaN of nothing.</summary>
    public static double Compute(double quantile, FloatHistogram histogram, ref HistogramNotices notices)
    {
        if (quantile < 0 || quantile > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (histogram.Count == 0 || double.IsNaN(quantile))
        {
            return double.NaN;
        }

        // From the nearer end, unless the sum of the buckets may be less than the count.
        bool hasNaN = double.IsNaN(histogram.Sum);
        bool isAscending = hasNaN || quantile < 0.5;
        double rank = (isAscending ? quantile : 1 - quantile) * histogram.Count;
        BucketEnumerator buckets = isAscending ? histogram.Buckets() : histogram.BucketsDescending();
        (HistogramBucket bucket, double count) = Find(ref buckets, isAscending ? histogram.BucketsDescending() : histogram.Buckets(), rank);
        if (histogram.UsesCustomBuckets)
        {
            if (double.IsNegativeInfinity(bucket.Lower))
            {
                if (bucket.Upper <= 0)
                {
                    return bucket.Upper;
                }

                bucket = bucket with { Lower = 0 };
            }
            else if (double.IsPositiveInfinity(bucket.Upper))
            {
                return bucket.Lower;
            }
        }
        else if (bucket.Lower < 0 && bucket.Upper > 0)
        {
            bucket = OneSided(bucket, histogram);
        }

        count = Math.Min(count, histogram.Count);
        if (count < rank)
        {
            // Only with observations of NaN does the rank lie beyond all buckets; else numbers were rounded.
            notices |= hasNaN ? HistogramNotices.QuantileIsNaN : 0;
            return hasNaN ? double.NaN : bucket.Upper;
        }

        rank = isAscending ? rank - (count - bucket.Count) : count - rank;
        if (hasNaN && SumOfRest(ref buckets, count) < histogram.Count)
        {
            notices |= HistogramNotices.QuantileIsSkewed;
        }

        return Interpolate(bucket, rank / bucket.Count, histogram.UsesCustomBuckets);
    }

    /// <summary>
    /// The zero bucket as it is spread: from 0 on where there are no negative buckets, and up to 0 where there are no positive ones.
    /// </summary>
    public static HistogramBucket OneSided(HistogramBucket zeroBucket, FloatHistogram histogram)
    {
        bool hasNegative = histogram.NegativeBuckets.Length > 0;
        bool hasPositive = histogram.PositiveBuckets.Length > 0;
        return (hasNegative, hasPositive) switch
        {
            (false, true) => zeroBucket with { Lower = 0 },
            (true, false) => zeroBucket with { Upper = 0 },
            _ => zeroBucket,
        };
    }

    // The populated bucket in which so many observations are reached, or else the last one; and the observations up to its end.
    private static (HistogramBucket Bucket, double Count) Find(ref BucketEnumerator buckets, BucketEnumerator backwards, double rank)
    {
        double count = 0;
        while (buckets.MoveNext())
        {
            double own = buckets.CurrentCount;
            count += own;
            if (own != 0 && count >= rank)
            {
                return (buckets.Current, count);
            }
        }

        return (backwards.MoveNext() ? backwards.Current : default, count);
    }

    private static double SumOfRest(ref BucketEnumerator buckets, double count)
    {
        while (buckets.MoveNext())
        {
            count += buckets.CurrentCount;
        }

        return count;
    }

    private static double Interpolate(HistogramBucket bucket, double fraction, bool isCustom)
    {
        if (isCustom || (bucket.Lower <= 0 && bucket.Upper >= 0))
        {
            return bucket.Lower + ((bucket.Upper - bucket.Lower) * fraction);
        }

        double logLower = Math.Log2(Math.Abs(bucket.Lower));
        double logUpper = Math.Log2(Math.Abs(bucket.Upper));
        return bucket.Lower > 0
            ? Math.Pow(2, logLower + ((logUpper - logLower) * fraction))
            : -Math.Pow(2, logUpper + ((logLower - logUpper) * (1 - fraction)));
    }
}
