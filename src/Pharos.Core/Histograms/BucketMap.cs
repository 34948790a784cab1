namespace Pharos.Core.Histograms;

/// <summary>Buckets of one sign by index, for arithmetic.</summary>
internal sealed class BucketMap
{
    private readonly SortedDictionary<int, double> _counts = [];

    public BucketMap(IReadOnlyList<BucketSpan> spans, IReadOnlyList<double> buckets)
    {
        int index = 0;
        int bucket = 0;
        foreach (BucketSpan span in spans)
        {
            index += span.Offset;
            for (int i = 0; i < span.Length; i++)
            {
                _counts[index++] = buckets[bucket++];
            }
        }
    }

    private BucketMap()
    {
    }

    public IReadOnlyDictionary<int, double> Counts => _counts;

    public void Add(int index, double count) => _counts[index] = _counts.GetValueOrDefault(index) + count;

    public void Remove(int index) => _counts.Remove(index);

    /// <summary>The buckets of a coarser schema that hold the same observations.</summary>
    public BucketMap Reduce(int schema, int targetSchema)
    {
        var reduced = new BucketMap();
        foreach ((int index, double count) in _counts)
        {
            reduced.Add(((index - 1) >> (schema - targetSchema)) + 1, count);
        }

        return reduced;
    }

    /// <summary>The buckets of fewer custom bounds that hold the same observations; both sorted, the target a subset.</summary>
    public BucketMap Remap(IReadOnlyList<double> bounds, IReadOnlyList<double> targetBounds)
    {
        var remapped = new BucketMap();
        foreach ((int index, double count) in _counts)
        {
            int target = 0;
            double bound = index < bounds.Count ? bounds[index] : double.PositiveInfinity;
            while (target < targetBounds.Count && targetBounds[target] < bound)
            {
                target++;
            }

            remapped.Add(target, count);
        }

        return remapped;
    }

    /// <summary>Drops empty buckets, those between others included.</summary>
    public BucketMap WithoutEmpty()
    {
        var kept = new BucketMap();
        foreach ((int index, double count) in _counts)
        {
            if (count != 0)
            {
                kept.Add(index, count);
            }
        }

        return kept;
    }

    /// <summary>Spans of neighbouring buckets, and their counts.</summary>
    public (IReadOnlyList<BucketSpan> Spans, IReadOnlyList<double> Buckets) ToSpans()
    {
        var spans = new List<BucketSpan>();
        int next = 0;
        foreach (int index in _counts.Keys)
        {
            if (spans.Count > 0 && index == next)
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(index - next, 1));
            }

            next = index + 1;
        }

        return (spans, [.. _counts.Values]);
    }
}
