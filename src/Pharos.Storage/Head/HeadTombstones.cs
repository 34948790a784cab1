namespace Pharos.Storage.Head;

/// <summary>
/// What is deleted of the head's series, as one array that does not change: ascending by series, then by time, the intervals of a series apart from each other. A change makes
/// another; deletions are rare, and readers keep what they began with.
/// </summary>
internal sealed class HeadTombstones
{
    private readonly Tombstone[] _stones;

    private HeadTombstones(Tombstone[] stones)
    {
        _stones = stones;
    }

    public static HeadTombstones None { get; } = new([]);

    public ReadOnlySpan<Tombstone> All => _stones;

    public bool IsEmpty => _stones.Length == 0;

    /// <summary>Bytes held.</summary>
    public unsafe long HeldBytes => (long)_stones.Length * sizeof(Tombstone);

    /// <summary>The stones in any order, those that overlap or touch made one.</summary>
    public static HeadTombstones Of(IReadOnlyCollection<Tombstone> stones) => stones.Count == 0 ? None : Merge([.. stones]);

    /// <summary>The intervals of a series.</summary>
    public ReadOnlySpan<Tombstone> Of(uint reference)
    {
        int from = FirstOf(reference);
        int to = from;
        while (to < _stones.Length && _stones[to].Reference == reference)
        {
            to++;
        }

        return _stones.AsSpan(from, to - from);
    }

    /// <summary>These and more, in any order.</summary>
    public HeadTombstones With(IReadOnlyCollection<Tombstone> more) => more.Count == 0 ? this : Merge([.. _stones, .. more]);

    /// <summary>These without those of some series and without those that end before a time.</summary>
    public HeadTombstones Without(IReadOnlySet<uint> series, long minTime)
    {
        Tombstone[] kept = Array.FindAll(_stones, stone => stone.MaxTime >= minTime && !series.Contains(stone.Reference));
        return kept.Length == _stones.Length ? this : kept.Length == 0 ? None : new HeadTombstones(kept);
    }

    /// <summary>The times in these that are not in the others.</summary>
    public List<Tombstone> Except(HeadTombstones others)
    {
        var rest = new List<Tombstone>();
        foreach (Tombstone stone in _stones)
        {
            long from = stone.MinTime;
            bool isLeft = true;
            foreach (Tombstone other in others.Of(stone.Reference))
            {
                if (other.MaxTime < from || other.MinTime > stone.MaxTime)
                {
                    continue;
                }

                if (other.MinTime > from)
                {
                    rest.Add(stone with { MinTime = from, MaxTime = other.MinTime - 1 });
                }

                isLeft = other.MaxTime < stone.MaxTime;
                from = isLeft ? other.MaxTime + 1 : from;
            }

            if (isLeft)
            {
                rest.Add(stone with { MinTime = from });
            }
        }

        return rest;
    }

    private static HeadTombstones Merge(Tombstone[] stones)
    {
        Array.Sort(stones, static (a, b) => a.Reference != b.Reference ? a.Reference.CompareTo(b.Reference) : a.MinTime.CompareTo(b.MinTime));
        int kept = 0;
        for (int i = 0; i < stones.Length; i++)
        {
            Tombstone stone = stones[i];
            if (stone.MinTime > stone.MaxTime)
            {
                continue;
            }

            if (kept > 0 && stones[kept - 1].Reference == stone.Reference && (stones[kept - 1].MaxTime == long.MaxValue || stone.MinTime <= stones[kept - 1].MaxTime + 1))
            {
                stones[kept - 1] = stones[kept - 1] with { MaxTime = Math.Max(stones[kept - 1].MaxTime, stone.MaxTime) };
            }
            else
            {
                stones[kept++] = stone;
            }
        }

        Array.Resize(ref stones, kept);
        return kept == 0 ? None : new HeadTombstones(stones);
    }

    private int FirstOf(uint reference)
    {
        int from = 0;
        int to = _stones.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (_stones[middle].Reference < reference)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }
}
