using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Storage.Blocks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// A reader of head and blocks. A range that only the head has is answered by the head's own set, at no cost; otherwise the sets are united by
/// <see cref="MergedSeriesSet"/>.
/// </summary>
/// <remarks>
/// Consistency: what goes from memory to a block is listed as a block before it leaves memory. So each selection takes the sets of memory first and the list of blocks after:
/// what memory does not show any more is in the list. What both show is the same and is merged into one.
/// </remarks>
internal sealed class MergedQuerier : ISeriesQuerier
{
    private readonly HeadMemory _memory;
    private readonly HeadQuerier _head;
    private readonly BlockList _blocks;
    private readonly ValueIds _ids;
    private readonly Lock _lock = new();
    private readonly List<Block> _held = [];
    private readonly List<BlockSeriesSet> _blockSets = [];
    private readonly List<MergedSeriesSet> _mergedSets = [];
    private bool _disposed;

    public MergedQuerier(HeadMemory memory, BlockList blocks)
    {
        _memory = memory;
        _ids = new ValueIds(memory.Series);
        _head = new HeadQuerier(memory, _ids);
        _blocks = blocks;
    }

    public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken)
    {
        ISourceSet? head = _head.Overlaps(selection.MinTime, selection.MaxTime) ? _head.SelectSource(selection, cancellationToken) : null;
        var sources = new List<ISourceSet>();
        if (head is { Count: > 0 })
        {
            _ids.Refresh();
            sources.Add(head);
        }

        int memorySources = sources.Count;
        foreach (Block block in Acquire(selection.MinTime, selection.MaxTime))
        {
            BlockSeriesSet set = BlockSeriesSet.Select(block, _memory.Series.Hasher, _ids, selection, cancellationToken);
            Keep(_blockSets, set, set.Free);
            if (set.Count > 0)
            {
                sources.Add(set);
            }
        }

        if (sources.Count == 0)
        {
            return head ?? _head.SelectSource(selection, cancellationToken);
        }

        if (sources.Count == 1 && (memorySources == 0 || !_ids.HasRenamed))
        {
            return sources[0];
        }

        var merged = new MergedSeriesSet([.. sources], memorySources, _ids);
        Keep(_mergedSets, merged, merged.Free);
        return merged;
    }

    public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = _head.LabelNames(matcherSets, minTime, maxTime, cancellationToken);
        List<Block> blocks = Acquire(minTime, maxTime);
        if (blocks.Count == 0)
        {
            return names;
        }

        var all = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (Block block in blocks)
        {
            BlockLabels.AddNames(block.Index, matcherSets, all, cancellationToken);
        }

        return Sorted(all);
    }

    public IReadOnlyList<string> LabelValues(
        string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> values = _head.LabelValues(name, matcherSets, minTime, maxTime, cancellationToken);
        List<Block> blocks = Acquire(minTime, maxTime);
        if (blocks.Count == 0)
        {
            return values;
        }

        var all = new HashSet<string>(values, StringComparer.Ordinal);
        foreach (Block block in blocks)
        {
            BlockLabels.AddValues(block.Index, name, matcherSets, all, cancellationToken);
        }

        return Sorted(all);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _mergedSets.ForEach(static set => set.Free());
            _blockSets.ForEach(static set => set.Free());
            _held.ForEach(static block => block.Release());
        }

        _ids.Dispose();
        _head.Dispose();
    }

    private static List<string> Sorted(HashSet<string> texts)
    {
        List<string> sorted = [.. texts];
        sorted.Sort(Utf8Ordinal.Comparer);
        return sorted;
    }

    // The blocks of the range, held until the end.
    private List<Block> Acquire(long minTime, long maxTime)
    {
        var blocks = new List<Block>();
        _blocks.Acquire(minTime, maxTime, blocks);
        lock (_lock)
        {
            if (!_disposed)
            {
                _held.AddRange(blocks);
                return blocks;
            }
        }

        blocks.ForEach(static block => block.Release());
        throw new ObjectDisposedException(nameof(MergedQuerier));
    }

    private void Keep<T>(List<T> sets, T set, Action free)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                sets.Add(set);
                return;
            }
        }

        free();
        throw new ObjectDisposedException(nameof(MergedQuerier));
    }
}
