namespace Pharos.Storage.Blocks;

/// <summary>Blocks that share a range of time.</summary>
/// <param name="MinTime">Where the range begins, milliseconds.</param>
/// <param name="MaxTime">Where it ends, not included.</param>
/// <param name="Blocks">The blocks, by first time.</param>
internal sealed record BlockOverlap(long MinTime, long MaxTime, IReadOnlyList<BlockMeta> Blocks)
{
    /// <summary>All that overlap, in groups: a further block joins the group before when no block of it has ended.</summary>
    /// <param name="sorted">By first time.</param>
    public static IReadOnlyList<BlockOverlap> Find(IReadOnlyList<BlockMeta> sorted)
    {
        var groups = new List<List<BlockMeta>>();
        var pending = new List<BlockMeta>();
        bool isSameGroup = true;
        foreach (BlockMeta meta in sorted)
        {
            isSameGroup &= pending.RemoveAll(earlier => earlier.MaxTime <= meta.MinTime) == 0;
            if (pending.Count > 0 && isSameGroup && groups.Count > 0)
            {
                groups[^1].Add(meta);
            }
            else if (pending.Count > 0)
            {
                groups.Add([.. pending, meta]);
                isSameGroup = true;
            }

            pending.Add(meta);
        }

        return [.. groups.Select(static group => new BlockOverlap(group.Max(static meta => meta.MinTime), group.Min(static meta => meta.MaxTime), group))];
    }
}
