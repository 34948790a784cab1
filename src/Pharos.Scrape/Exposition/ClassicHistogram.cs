using Pharos.Core.Histograms;

namespace Pharos.Scrape.Exposition;

/// <summary>The series of one classic histogram as they come, and the native histogram with the same buckets that they make.</summary>
internal sealed class ClassicHistogram
{
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

    public void SetCount(double count)
    {
        _isBroken |= count < 0;
        _count = count;
    }

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
        var buckets = new List<double>(_cumulative.Count);
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

        bool isWhole = double.IsInteger(count) && buckets.TrueForAll(double.IsInteger);
        (List<BucketSpan> spans, List<double> kept) = Compact(buckets, isWhole ? 2 : 0);
        return new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = count,
            Sum = _sum,
            PositiveSpans = spans,
            PositiveBuckets = kept,
            CustomValues = [.. _cumulative.Keys.Where(double.IsFinite)],
        };
    }

    // Runs of empty buckets at the ends go, those between go where they are longer than a gap between spans is worth.
    private static (List<BucketSpan> Spans, List<double> Kept) Compact(List<double> buckets, int longestEmptyRun)
    {
        var spans = new List<BucketSpan>();
        var kept = new List<double>();
        int end = 0;
        for (int i = 0; i < buckets.Count; i++)
        {
            if (buckets[i] == 0)
            {
                continue;
            }

            int gap = i - end;
            if (spans.Count > 0 && gap <= longestEmptyRun)
            {
                kept.AddRange(Enumerable.Repeat(0.0, gap));
                spans[^1] = spans[^1] with { Length = spans[^1].Length + gap + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(gap, 1));
            }

            kept.Add(buckets[i]);
            end = i + 1;
        }

        return (spans, kept);
    }
}
