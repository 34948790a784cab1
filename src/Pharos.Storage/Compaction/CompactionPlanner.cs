using Pharos.Storage.Blocks;

namespace Pharos.Storage.Compaction;

/// <summary>Which blocks are to be made one next, by upstream's rules (tsdb/compact.go, LeveledCompactor). Blocks are taken from oldest to newest, the newest is left alone.</summary>
internal sealed class CompactionPlanner
{
    private const string FromStaleSeries = "from-stale-series";
    private const string FromSelectedSeries = "from-selected-series";
    private const double TombstoneShare = 0.05;
    private readonly long[] _ranges;

    /// <param name="ranges">Spans of blocks by level, milliseconds, ascending.</param>
    public CompactionPlanner(long[] ranges)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ranges.Length, nameof(ranges));
        _ranges = ranges;
    }

    /// <summary>
    /// The blocks to make one of, by first time; none when nothing is to be done. Blocks that hold a selection of series only are never mixed with others, and come last:
    /// the merged block would seem to be all there is of its time.
    /// </summary>
    public IReadOnlyList<BlockMeta> Plan(IEnumerable<BlockMeta> blocks)
    {
        var whole = new List<BlockMeta>();
        var stale = new List<BlockMeta>();
        var selected = new List<BlockMeta>();
        foreach (BlockMeta block in blocks)
        {
            List<BlockMeta> list = block.Hints.Contains(FromStaleSeries) ? stale : block.Hints.Contains(FromSelectedSeries) ? selected : whole;
            list.Add(block);
        }

        LeaveOutLateOnes(whole);
        foreach (List<BlockMeta> list in (ReadOnlySpan<List<BlockMeta>>)[whole, stale, selected])
        {
            List<BlockMeta> plan = PlanAlike(list);
            if (plan.Count > 0)
            {
                return plan;
            }
        }

        return [];
    }

    // The end of a block that is not of late samples alone says up to when the head was written to blocks, and what the log has of before is passed over at the next start. So late
    // samples of the time that is still the head's stay in blocks of their own; merged with what is before them, they would claim the head's time. (Upstream merges them.)
    private static void LeaveOutLateOnes(List<BlockMeta> blocks)
    {
        long end = long.MinValue;
        foreach (BlockMeta block in blocks)
        {
            if (!block.Hints.Contains(BlockMeta.FromOutOfOrder))
            {
                end = Math.Max(end, block.MaxTime);
            }
        }

        blocks.RemoveAll(block => block.MaxTime > end);
    }

    private List<BlockMeta> PlanAlike(List<BlockMeta> blocks)
    {
        if (blocks.Count == 0)
        {
            return [];
        }

        List<BlockMeta> sorted = [.. blocks.OrderBy(static block => block.MinTime)];
        List<BlockMeta> overlapping = FindOverlapping(sorted);
        if (overlapping.Count > 0)
        {
            return overlapping;
        }

        // The newest was mostly just written; who copies new blocks elsewhere has the time of one block for it.
        sorted.RemoveAt(sorted.Count - 1);
        List<BlockMeta>? range = FindRange(sorted);
        return range is not null ? range : FindDeleted(sorted);
    }

    private static List<BlockMeta> FindOverlapping(List<BlockMeta> sorted)
    {
        var overlapping = new List<BlockMeta>();
        long end = sorted[0].MaxTime;
        for (int i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].MinTime < end)
            {
                if (overlapping.Count == 0)
                {
                    overlapping.Add(sorted[i - 1]);
                }

                overlapping.Add(sorted[i]);
            }
            else if (overlapping.Count > 0)
            {
                break;
            }

            end = Math.Max(end, sorted[i].MaxTime);
        }

        return overlapping;
    }

    // A range is ripe when its blocks fill it, or when it lies before the newest block, so that none will come into it any more.
    private List<BlockMeta>? FindRange(List<BlockMeta> sorted)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        long newest = sorted[^1].MinTime;
        foreach (long width in _ranges.AsSpan(1))
        {
            foreach (List<BlockMeta> part in SplitByRange(sorted, width))
            {
                long minTime = part[0].MinTime;
                long maxTime = part[^1].MaxTime;
                bool isRipe = maxTime - minTime == width || maxTime <= newest;
                if (isRipe && part.Count > 1 && !part.Exists(static block => block.HasFailed))
                {
                    return part;
                }
            }
        }

        return null;
    }

    // Aligned at time 0; what does not fit into one range is left out.
    private static List<List<BlockMeta>> SplitByRange(List<BlockMeta> sorted, long width)
    {
        var parts = new List<List<BlockMeta>>();
        for (int i = 0; i < sorted.Count;)
        {
            long end = BlockRanges.Start(sorted[i].MinTime, width) + width;
            var part = new List<BlockMeta>();
            while (i < sorted.Count && sorted[i].MaxTime <= end)
            {
                part.Add(sorted[i++]);
            }

            if (part.Count > 0)
            {
                parts.Add(part);
            }
            else
            {
                i++;
            }
        }

        return parts;
    }

    // From the newest on, a single one that much is deleted of; one that is still to be merged soon only when nothing may be left of it.
    private List<BlockMeta> FindDeleted(List<BlockMeta> sorted)
    {
        for (int i = sorted.Count - 1; i >= 0; i--)
        {
            BlockMeta block = sorted[i];
            if (block.MaxTime - block.MinTime < _ranges[_ranges.Length / 2])
            {
                bool mayBeEmpty = block.Stats.Tombstones > 0 && block.Stats.Tombstones >= block.Stats.Series;
                return mayBeEmpty ? [block] : [];
            }

            if ((double)block.Stats.Tombstones / (block.Stats.Series + 1) > TombstoneShare)
            {
                return [block];
            }
        }

        return [];
    }
}
