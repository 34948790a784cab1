namespace Pharos.Storage.Blocks;

/// <summary>What is deleted of the series of a block, by reference. Immutable: more is deleted by making another.</summary>
/// <remarks>Three columns and no object per series. Intervals that touch or overlap are one, as upstream keeps them; one that ends before it begins deletes nothing and is left out.</remarks>
internal sealed class TombstoneSet
{
    private readonly ulong[] _series;
    private readonly int[] _ends;
    private readonly DeletedInterval[] _intervals;

    private TombstoneSet(ulong[] series, int[] ends, DeletedInterval[] intervals)
    {
        _series = series;
        _ends = ends;
        _intervals = intervals;
    }

    public static TombstoneSet Empty { get; } = new([], [], []);

    /// <summary>Intervals held.</summary>
    public int Count => _intervals.Length;

    /// <summary>The references of the series of which something is deleted, ascending.</summary>
    public ReadOnlySpan<ulong> Series => _series;

    /// <summary>A set of these.</summary>
    /// <param name="stones">In any order; the list is sorted.</param>
    public static TombstoneSet Of(List<(ulong Series, DeletedInterval Interval)> stones)
    {
        stones.RemoveAll(static stone => stone.Interval.MinTime > stone.Interval.MaxTime);
        if (stones.Count == 0)
        {
            return Empty;
        }

        stones.Sort(static (x, y) => x.Series != y.Series ? x.Series.CompareTo(y.Series) : x.Interval.MinTime.CompareTo(y.Interval.MinTime));
        var series = new List<ulong>();
        var ends = new List<int>();
        var intervals = new List<DeletedInterval>();
        foreach ((ulong reference, DeletedInterval interval) in stones)
        {
            if (series.Count == 0 || series[^1] != reference)
            {
                series.Add(reference);
                ends.Add(intervals.Count);
            }
            else if (Touch(intervals[^1], interval))
            {
                intervals[^1] = intervals[^1] with { MaxTime = Math.Max(intervals[^1].MaxTime, interval.MaxTime) };
                continue;
            }

            intervals.Add(interval);
            ends[^1] = intervals.Count;
        }

        return new TombstoneSet([.. series], [.. ends], [.. intervals]);
    }

    /// <summary>What is deleted of a series, ascending, apart from each other.</summary>
    public ReadOnlySpan<DeletedInterval> Get(ulong series)
    {
        int at = _series.AsSpan().BinarySearch(series);
        return at < 0 ? [] : IntervalsOf(at);
    }

    /// <summary>This set and more.</summary>
    /// <param name="stones">In any order.</param>
    public TombstoneSet With(IReadOnlyCollection<(ulong Series, DeletedInterval Interval)> stones)
    {
        var all = new List<(ulong, DeletedInterval)>(Count + stones.Count);
        for (int i = 0; i < _series.Length; i++)
        {
            foreach (DeletedInterval interval in IntervalsOf(i))
            {
                all.Add((_series[i], interval));
            }
        }

        all.AddRange(stones);
        return Of(all);
    }

    // Times are whole milliseconds, so that neighbours are one.
    private static bool Touch(DeletedInterval earlier, DeletedInterval later) => earlier.MaxTime == long.MaxValue || later.MinTime <= earlier.MaxTime + 1;

    private ReadOnlySpan<DeletedInterval> IntervalsOf(int place)
    {
        int start = place == 0 ? 0 : _ends[place - 1];
        return _intervals.AsSpan(start, _ends[place] - start);
    }
}
