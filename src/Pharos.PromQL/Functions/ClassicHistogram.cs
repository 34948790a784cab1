namespace Pharos.PromQL.Functions;

/// <summary>
/// Quantiles and fractions of classic histograms, whose observations are taken to lie evenly within each bucket. The buckets given are sorted by
/// bound and are changed: equal bounds are joined, falling counts raised.
/// </summary>
internal static class ClassicHistogram
{
    // Differences below this, relative, are taken for rounding: buckets are sums of rates.
    private const double SmallDifference = 1e-12;

    /// <summary>The value below which a share <paramref name="q"/> of the observations lies.</summary>
    public static double Quantile(double q, Span<Bucket> buckets, out BucketRepair repair)
    {
        repair = BucketRepair.None;
        if (double.IsNaN(q))
        {
            return double.NaN;
        }

        if (q < 0)
        {
            return double.NegativeInfinity;
        }

        if (q > 1)
        {
            return double.PositiveInfinity;
        }

        if (buckets.IsEmpty || !double.IsPositiveInfinity(buckets[^1].UpperBound))
        {
            return double.NaN;
        }

        buckets = Join(buckets);
        repair = MakeMonotone(buckets);
        if (buckets.Length < 2 || buckets[^1].Count == 0)
        {
            return double.NaN;
        }

        return Find(q, buckets);
    }

    /// <summary>The share of the observations between two values.</summary>
    public static double Fraction(double lower, double upper, Span<Bucket> buckets)
    {
        if (buckets.IsEmpty || !double.IsPositiveInfinity(buckets[^1].UpperBound))
        {
            return double.NaN;
        }

        buckets = Join(buckets);
        double count = buckets[^1].Count;
        if (count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        if (lower >= upper)
        {
            return 0;
        }

        double below = Rank(lower, buckets);
        double upTo = Rank(upper, buckets);
        return (upTo - below) / count;
    }

    private static double Find(double q, ReadOnlySpan<Bucket> buckets)
    {
        double rank = q * buckets[^1].Count;
        int b = 0;
        while (b < buckets.Length - 1 && !(buckets[b].Count >= rank))
        {
            b++;
        }

        if (b == buckets.Length - 1)
        {
            return buckets[^2].UpperBound;
        }

        if (b == 0 && buckets[0].UpperBound <= 0)
        {
            return buckets[0].UpperBound;
        }

        double start = 0;
        double end = buckets[b].UpperBound;
        double count = buckets[b].Count;
        if (b > 0)
        {
            start = buckets[b - 1].UpperBound;
            count -= buckets[b - 1].Count;
            rank -= buckets[b - 1].Count;
        }

        return start + ((end - start) * (rank / count));
    }

    // How many observations lie below a value.
    private static double Rank(double value, ReadOnlySpan<Bucket> buckets)
    {
        double count = buckets[^1].Count;
        double rank = 0;
        for (int i = 0; i < buckets.Length; i++)
        {
            double end = buckets[i].UpperBound;
            double start = i > 0 ? buckets[i - 1].UpperBound : end > 0 ? 0 : double.NegativeInfinity;
            if (start >= value)
            {
                return Math.Min(rank, count);
            }

            if (end > value)
            {
                double inBucket = double.IsNegativeInfinity(start)
                    ? buckets[i].Count
                    : rank + ((buckets[i].Count - rank) * (value - start) / (end - start));
                return inBucket > count ? count : inBucket;
            }

            rank = buckets[i].Count;
        }

        return count;
    }

    private static Span<Bucket> Join(Span<Bucket> buckets)
    {
        int last = 0;
        for (int i = 1; i < buckets.Length; i++)
        {
            if (buckets[i].UpperBound == buckets[last].UpperBound)
            {
                buckets[last].Count += buckets[i].Count;
            }
            else
            {
                buckets[++last] = buckets[i];
            }
        }

        return buckets[..(last + 1)];
    }

    private static BucketRepair MakeMonotone(Span<Bucket> buckets)
    {
        BucketRepair repair = BucketRepair.None;
        double before = buckets[0].Count;
        for (int i = 1; i < buckets.Length; i++)
        {
            double count = buckets[i].Count;
            if (count == before)
            {
                continue;
            }

            if (AreAlmostEqual(before, count))
            {
                buckets[i].Count = before;
            }
            else if (count < before)
            {
                buckets[i].Count = before;
                double bound = buckets[i].UpperBound;
                repair = new BucketRepair(
                    true, Math.Min(repair.MinBucket, bound), Math.Max(repair.MaxBucket, bound), Math.Max(repair.MaxDifference, before - count));
            }
            else
            {
                before = count;
            }
        }

        return repair;
    }

    private static bool AreAlmostEqual(double a, double b)
    {
        if (double.IsNaN(a) && double.IsNaN(b))
        {
            return true;
        }

        const double MinNormal = 2.2250738585072014e-308;
        double sum = Math.Abs(a) + Math.Abs(b);
        double difference = Math.Abs(a - b);
        return a == 0 || b == 0 || sum < MinNormal
            ? difference < SmallDifference * MinNormal
            : difference / Math.Min(sum, double.MaxValue) < SmallDifference;
    }
}
