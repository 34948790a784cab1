using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary><c>histogram_fraction</c> of native histograms: the inverse of <see cref="NativeHistogramQuantile"/>, with the same spread within buckets.</summary>
internal static class NativeHistogramFraction
{
    /// <summary>The part of all observations between two values; NaN of nothing. Observations of NaN are between no values.</summary>
    public static double Compute(double lower, double upper, FloatHistogram histogram, ref HistogramNotices notices)
    {
        if (histogram.Count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        if (lower >= upper)
        {
            return 0;
        }

        double count = 0;
        double rank = 0;
        double lowerRank = double.NaN;
        double upperRank = double.NaN;
        BucketEnumerator buckets = histogram.Buckets();
        while ((double.IsNaN(lowerRank) || double.IsNaN(upperRank)) && buckets.MoveNext())
        {
            HistogramBucket bucket = buckets.Current;
            count += bucket.Count;
            bool isAroundZero = bucket.Lower <= 0 && bucket.Upper >= 0;
            bool isLinear = histogram.UsesCustomBuckets || isAroundZero;
            bucket = isAroundZero ? NativeHistogramQuantile.OneSided(bucket, histogram) : bucket;
            lowerRank = double.IsNaN(lowerRank) ? RankIn(bucket, lower, rank, isLinear) : lowerRank;
            upperRank = double.IsNaN(upperRank) ? RankIn(bucket, upper, rank, isLinear) : upperRank;
            rank += bucket.Count;
        }

        count = CountOfNumbers(histogram, ref buckets, count, ref notices);
        lowerRank = double.IsNaN(lowerRank) ? count : Math.Min(lowerRank, count);
        upperRank = double.IsNaN(upperRank) ? count : Math.Min(upperRank, count);
        return (upperRank - lowerRank) / histogram.Count;
    }

    // How many observations are below a value that lies at the bucket's lower bound, before it or within it; NaN beyond it.
    private static double RankIn(HistogramBucket bucket, double value, double rank, bool isLinear)
    {
        if (bucket.Lower >= value)
        {
            return rank;
        }

        if (!(bucket.Upper > value))
        {
            return double.NaN;
        }

        // There is no knowing where in a bucket without a lower bound: upstream takes all of it.
        return double.IsNegativeInfinity(bucket.Lower) ? bucket.Count : rank + (bucket.Count * bucket.FractionBelow(value, isLinear));
    }

    private static double CountOfNumbers(FloatHistogram histogram, ref BucketEnumerator rest, double count, ref HistogramNotices notices)
    {
        if (!double.IsNaN(histogram.Sum))
        {
            return histogram.Count;
        }

        while (rest.MoveNext())
        {
            count += rest.CurrentCount;
        }

        notices |= count < histogram.Count ? HistogramNotices.FractionWithoutNaN : 0;
        return count;
    }
}
