using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>
/// The life of data: the head's oldest hours become a block, blocks become larger ones, those beyond the retention go. Upstream's rules (tsdb/db.go). Each step holds the lock
/// that it was made with, so that truncation, deletion and snapshots come between steps; readers are not held up.
/// </summary>
internal sealed class BlockKeeper
{
    private readonly string _folder;
    private readonly IStoreFiles _files;
    private readonly HeadMemory _memory;
    private readonly IHeadTruncation _truncation;
    private readonly BlockList _blocks;
    private readonly Compactor _compactor;
    private readonly OutOfOrderCompaction _outOfOrder;
    private readonly CompactionPlanner _planner;
    private readonly Retention _retention;
    private readonly CompactionCounters _counters;
    private readonly TimeProvider _clock;
    private readonly Lock _maintenance;
    private readonly long _range;

    /// <param name="folder">The data folder.</param>
    /// <param name="files">Makes the files.</param>
    /// <param name="memory">The head.</param>
    /// <param name="truncation">Of the head.</param>
    /// <param name="blocks">The open blocks.</param>
    /// <param name="parts">What is fixed while the store is open.</param>
    /// <param name="maintenance">Held in each step.</param>
    public BlockKeeper(
        string folder, IStoreFiles files, HeadMemory memory, IHeadTruncation truncation, BlockList blocks, BlockKeeperParts parts, Lock maintenance)
    {
        _folder = folder;
        _files = files;
        _memory = memory;
        _truncation = truncation;
        _blocks = blocks;
        _compactor = parts.Compactor;
        _outOfOrder = parts.OutOfOrder;
        _planner = new CompactionPlanner(parts.Ranges);
        _retention = parts.Retention;
        _counters = parts.Counters;
        _clock = parts.Clock;
        _maintenance = maintenance;
        _range = parts.Ranges[0];
    }

    /// <summary>Whether the head spans more than one and a half blocks.</summary>
    public bool IsHeadDue => _memory.MaxTime != long.MinValue && _memory.MaxTime - _memory.MinTime > _range / 2 * 3;

    /// <summary>One round: the head, as far as it is due, with its samples out of order; then blocks, until no more are to be merged.</summary>
    /// <exception cref="CorruptionException">A block is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses. What was done stays; the next round goes on.</exception>
    /// <exception cref="OperationCanceledException">It was ended; what was begun is gone without a trace.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        _counters.AddTrigger();
        try
        {
            bool isHeadCompacted = false;
            while (CompactHead(cancellationToken))
            {
                isHeadCompacted = true;
            }

            if (isHeadCompacted)
            {
                CompactOutOfOrder(cancellationToken);
            }

            // Blocks wait when the head has become due meanwhile.
            while (!IsHeadDue && MergeBlocks(cancellationToken))
            {
                // Until nothing is planned.
            }

            Reload();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _counters.AddFailure();
            throw;
        }
    }

    /// <summary>Looks for blocks in the folder and drops those beyond the retention.</summary>
    /// <exception cref="CorruptionException">A block is damaged and no newer one replaces it.</exception>
    /// <exception cref="IOException">The folder cannot be read, or a block not be deleted.</exception>
    public void Reload() => _blocks.Reload(_retention.Choose);

    /// <summary>Writes each block anew that something is deleted of, without it.</summary>
    /// <exception cref="CorruptionException">A block is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses; the block is as before.</exception>
    public void CleanTombstones(CancellationToken cancellationToken)
    {
        long started = _clock.GetTimestamp();
        while (true)
        {
            lock (_maintenance)
            {
                Block? block = _blocks.Current.FirstOrDefault(static block => block.Tombstones.Count > 0);
                if (block is null)
                {
                    _counters.AddTombstoneCleaning(_clock.GetElapsedTime(started));
                    return;
                }

                using IBlockInput input = block.OpenInput();
                BlockMeta meta = block.Meta;
                BlockMeta? written = _compactor.Write(_folder, input, meta.MinTime, meta.MaxTime, meta, [], cancellationToken);
                ReloadOrRemove(written, written is null ? [meta.Ulid] : []);
            }
        }
    }

    /// <summary>Writes the head's samples out of order to blocks, which happens by itself each time that the head was written to one.</summary>
    /// <exception cref="IOException">The disk is full, or refuses; the next round goes on.</exception>
    public void CompactOutOfOrder(CancellationToken cancellationToken)
    {
        lock (_maintenance)
        {
            _outOfOrder.Run(Reload, cancellationToken);
        }
    }

    /// <summary>Puts all blocks into another folder as links, and the head as a block of its own.</summary>
    /// <exception cref="IOException">A link or a file cannot be made.</exception>
    public void Snapshot(string target, bool withHead, CancellationToken cancellationToken)
    {
        lock (_maintenance)
        {
            _files.CreateFolder(target);
            if (withHead)
            {
                // Samples out of order become blocks now instead of soon, and are linked with the others.
                _outOfOrder.Run(Reload, cancellationToken);
            }

            foreach (Block block in _blocks.Current)
            {
                BlockSnapshot.Link(_files, block, target);
            }

            if (withHead && _memory.MaxTime != long.MinValue)
            {
                using var input = new HeadBlockInput(_memory);
                _compactor.Write(target, input, _memory.MinTime, _memory.MaxTime + 1, null, [], cancellationToken);
            }

            _files.SyncFolder(target);
        }
    }

    // Writes a block of the head's oldest hours and takes them from the head when the block is in the list: no query misses them in between.
    private bool CompactHead(CancellationToken cancellationToken)
    {
        lock (_maintenance)
        {
            if (!IsHeadDue)
            {
                return false;
            }

            long minTime = _memory.MinTime;
            long maxTime = BlockRanges.End(minTime, _range);
            lock (_memory.Commit)
            {
                // From here on nothing can be appended to the range, not even by an append that began before.
                _memory.MinValidTime = Math.Max(_memory.MinValidTime, maxTime);
            }

            BlockMeta? written;
            using (var input = new HeadBlockInput(_memory))
            {
                written = _compactor.Write(_folder, input, minTime, maxTime, null, [], cancellationToken);
            }

            ReloadOrRemove(written, []);
            _truncation.TruncateMemory(maxTime);
            if (!IsHeadDue)
            {
                _truncation.TruncateLog(maxTime);
            }

            return true;
        }
    }

    private bool MergeBlocks(CancellationToken cancellationToken)
    {
        lock (_maintenance)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<Block> open = _blocks.Current;

            // What is deleted of a block, and whether it failed, is in its description since it was opened.
            IReadOnlyList<BlockMeta> plan = _planner.Plan(open.Select(static block => BlockMetaFile.Read(block.Folder)));
            if (plan.Count == 0)
            {
                return false;
            }

            List<Block> blocks = [.. plan.Select(meta => open.First(block => block.Meta.Ulid == meta.Ulid))];
            BlockMeta? written = _compactor.Merge(_folder, blocks, cancellationToken);
            ReloadOrRemove(written, written is null ? plan.Select(static meta => meta.Ulid) : []);
            return true;
        }
    }

    private void ReloadOrRemove(BlockMeta? written, IEnumerable<Ulid> deletable)
    {
        try
        {
            _blocks.Reload(blocks => _retention.Choose(blocks).Concat(deletable));
        }
        catch when (written is not null && _blocks.Current.All(block => block.Meta.Ulid != written.Ulid))
        {
            // A block that is not in the list would say the same as what it was made of.
            _files.DeleteFolder(Path.Combine(_folder, written.Ulid.ToString()));
            throw;
        }
    }
}
