using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>
/// Writes the head's samples out of order to blocks, one for each range, which overlap others until those are merged; then takes them from memory and from their log.
/// Upstream's rules (tsdb/db.go, compactOOOHead). The caller holds the lock of maintenance.
/// </summary>
internal sealed class OutOfOrderCompaction
{
    private readonly string _folder;
    private readonly IStoreFiles _files;
    private readonly HeadMemory _memory;
    private readonly OutOfOrderLog _log;
    private readonly BlockList _blocks;
    private readonly Compactor _compactor;
    private readonly long _range;
    private int _frozenUpTo;

    /// <param name="folder">The data folder.</param>
    /// <param name="files">Makes the files.</param>
    /// <param name="memory">The head.</param>
    /// <param name="log">The log of its samples out of order.</param>
    /// <param name="blocks">Where new blocks go.</param>
    /// <param name="compactor">Writes blocks.</param>
    /// <param name="range">Span of a block, milliseconds.</param>
    public OutOfOrderCompaction(string folder, IStoreFiles files, HeadMemory memory, OutOfOrderLog log, BlockList blocks, Compactor compactor, long range)
    {
        _folder = folder;
        _files = files;
        _memory = memory;
        _log = log;
        _blocks = blocks;
        _compactor = compactor;
        _range = range;
    }

    /// <summary>One round; nothing when nothing came out of order.</summary>
    /// <param name="reload">Puts new blocks into the list.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left.</param>
    /// <exception cref="Pharos.Core.Contracts.StorageUnavailableException">The log cannot begin a new segment.</exception>
    /// <exception cref="IOException">The disk is full, or refuses; the next round tries again.</exception>
    public void Run(Action reload, CancellationToken cancellationToken)
    {
        OutOfOrderStore? store = Freeze();
        if (store is null)
        {
            return;
        }

        var written = new List<BlockMeta>();
        try
        {
            Write(store, written, cancellationToken);
            reload();
        }
        catch
        {
            // They would say the same as the blocks of the next try.
            foreach (BlockMeta block in written.Where(block => _blocks.Current.All(open => open.Meta.Ulid != block.Ulid)))
            {
                _files.DeleteFolder(Path.Combine(_folder, block.Ulid.ToString()));
            }

            throw;
        }

        // Readers who look at memory from here on find the blocks in the list.
        lock (_memory.Commit)
        {
            _memory.Gate.EnterApply();
            _memory.OutOfOrder.TakeOldest();
            _memory.Gate.ExitApply();
        }

        _memory.Retire(store.Dispose);
        _log.RemoveUpTo(_frozenUpTo);
    }

    // What came until now does not change any more, and the segments of the log up to a number have it.
    private OutOfOrderStore? Freeze()
    {
        lock (_memory.Commit)
        {
            if (_memory.OutOfOrder.Frozen is { } waiting)
            {
                return waiting;
            }

            if (_memory.OutOfOrder.IsEmpty)
            {
                return null;
            }

            _frozenUpTo = _log.Cut();
            new OutOfOrderRewriting(_memory, _log).WriteTombstones();
            _memory.OutOfOrder.Freeze();
            return _memory.OutOfOrder.Frozen;
        }
    }

    private void Write(OutOfOrderStore store, List<BlockMeta> written, CancellationToken cancellationToken)
    {
        if (store.MinTime > store.MaxTime)
        {
            return;
        }

        using var input = new OutOfOrderBlockInput(_memory, store);
        for (long start = BlockRanges.Start(store.MinTime, _range); start <= store.MaxTime; start += _range)
        {
            if (_compactor.Write(_folder, input, start, start + _range, null, [BlockMeta.FromOutOfOrder], cancellationToken) is { } block)
            {
                written.Add(block);
            }
        }
    }
}
