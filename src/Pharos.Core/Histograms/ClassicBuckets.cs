using System.Collections.Immutable;

namespace Pharos.Core.Histograms;

/// <summary>The series of one classic histogram at one time as they come, and the native histogram with the same buckets that they make.</summary>
public sealed class ClassicBuckets
{
    // Upstream's choice: a run of two empty buckets costs less than a gap between spans where counts are stored as differences.
    private const int KeptEmptyBucketsOfWholeCounts = 2;

    private readonly SortedDictionary<double, double> _cumulative = [];
    private double _sum;
    private double? _count;
    private bool _isBroken;

    /// <summary>Takes the sample of a <c>_bucket</c> series; a bound given twice keeps its first count.</summary>
    public void AddBucket(double bound, double count)
    {
        _isBroken |= double.IsNaN(bound) || count < 0;
        if (!double.IsNaN(bound))
        {
            _cumulative.TryAdd(bound, count);
        }
    }

    /// <summary>Takes the sample of the <c>_count</c> series; without one the last bucket has all observations.</summary>
    public void SetCount(double count)
    {
        _isBroken |= count < 0;
        _count = count;
    }

    /// <summary>Takes the sample of the <c>_sum</c> series.</summary>
    public void SetSum(double sum) => _sum = sum;

    /// <summary>The histogram; null when counts fall from bound to bound, do not add up or are negative.</summary>
    public FloatHistogram? ToNative()
    {
        if (_isBroken || (_cumulative.Count == 0 && _count is null))
        {
            return null;
        }

        double count = _count ?? _cumulative.Values.Last();
        _cumulative.TryAdd(double.PositiveInfinity, count);
        double before = 0;
        ImmutableArray<double>.Builder buckets = ImmutableArray.CreateBuilder<double>(_cumulative.Count);
        foreach (double cumulative in _cumulative.Values)
        {
            if (cumulative < before)
            {
                return null;
            }

            buckets.Add(cumulative - before);
            before = cumulative;
        }

        if (before != count)
        {
            return null;
        }

        bool isWhole = double.IsInteger(count) && buckets.All(double.IsInteger);
        var histogram = new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = count,
            Sum = _sum,
            PositiveSpans = [new BucketSpan(0, buckets.Count)],
            PositiveBuckets = buckets.ToImmutable(),
            CustomValues = [.. _cumulative.Keys.Where(double.IsFinite)],
        };
        return histogram.Compact(isWhole ? KeptEmptyBucketsOfWholeCounts : 0);
    }
}
