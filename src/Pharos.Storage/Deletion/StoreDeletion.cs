using System.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Storage.Blocks;
using Pharos.Storage.Head;
using Pharos.Storage.Querying;

namespace Pharos.Storage.Deletion;

/// <summary>Deletes samples wherever they are: of the head and of the blocks. The caller holds the lock of maintenance, so that no block is made or dropped meanwhile.</summary>
internal sealed class StoreDeletion
{
    private readonly HeadMemory _memory;
    private readonly HeadDeletion _head;
    private readonly BlockList _blocks;
    private readonly BlockDeletion _block;

    public StoreDeletion(HeadMemory memory, HeadDeletion head, BlockList blocks, BlockDeletion block)
    {
        _memory = memory;
        _head = head;
        _blocks = blocks;
        _block = block;
    }

    /// <summary>Deletes the samples in the range, both ends included, of the series that match; on disk when this returns.</summary>
    /// <exception cref="StorageUnavailableException">The disk is full, or refuses: the deletion may hold in part.</exception>
    /// <exception cref="CorruptionException">A block is damaged; the same.</exception>
    public void Delete(IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        foreach (Block block in _blocks.Current)
        {
            if (!block.Overlaps(minTime, maxTime))
            {
                continue;
            }

            try
            {
                _block.Delete(block, matchers, minTime, maxTime, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StorageUnavailableException($"what is to be deleted of {block.Folder} cannot be written: {e.Message}", e);
            }
        }

        if (DeleteInHead(matchers, minTime, maxTime, cancellationToken) > 0)
        {
            _head.Sync();
        }
    }

    private int DeleteInHead(IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        long epoch = _memory.Epochs.Enter();
        uint[]? references = null;
        try
        {
            int count = SeriesSelector.Select(_memory.Series, matchers, cancellationToken, out references);
            return _head.Delete(references.AsSpan(0, count), minTime, maxTime);
        }
        finally
        {
            if (references is not null)
            {
                ArrayPool<uint>.Shared.Return(references);
            }

            _memory.Epochs.Leave(epoch);
        }
    }
}
