using System.Buffers;
using Pharos.Core.Matching;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Querying;

namespace Pharos.Storage.Deletion;

/// <summary>Deletes samples of blocks: what is deleted goes to a file beside the others, which never change, and is left out by readers and by what writes blocks anew.</summary>
internal sealed class BlockDeletion
{
    private readonly IStoreFiles _files;

    public BlockDeletion(IStoreFiles files)
    {
        _files = files;
    }

    /// <summary>
    /// Deletes the samples in the range, both ends included, of the series that match. On disk, and left out by selections that begin afterwards, when this returns. The caller
    /// sees to it that the block is not closed, that nobody else deletes from it, and that no block is written from it meanwhile. Returns how many series had any.
    /// </summary>
    /// <exception cref="CorruptionException">The block's index or description is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses: nothing is deleted, or only the description does not say so.</exception>
    public int Delete(Block block, IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        List<(ulong Series, DeletedInterval Interval)> stones = Cover(block, matchers, minTime, maxTime, cancellationToken);
        if (stones.Count == 0)
        {
            return 0;
        }

        int count = stones.Count;
        TombstoneSet tombstones = block.Tombstones.With(stones);
        TombstoneFile.Write(_files, block.Folder, tombstones);
        block.Tombstones = tombstones;
        BlockMeta meta = BlockMetaFile.Read(block.Folder);
        BlockMetaFile.Write(_files, block.Folder, meta with { Stats = meta.Stats with { Tombstones = tombstones.Count } });
        return count;
    }

    // Upstream's rule: a series of which a chunk overlaps the range, from its first to its last sample and not beyond.
    private static List<(ulong Series, DeletedInterval Interval)> Cover(
        Block block, IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        var stones = new List<(ulong, DeletedInterval)>();
        int count = BlockSelector.Select(block.Index, matchers, cancellationToken, out uint[] references);
        try
        {
            foreach (uint series in references.AsSpan(0, count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                SeriesEntry entry = block.Index.OpenSeries(series);
                entry.SkipLabels();
                long first = long.MaxValue;
                long last = long.MinValue;
                bool overlaps = false;
                while (entry.MoveNextChunk())
                {
                    first = Math.Min(first, entry.MinTime);
                    last = Math.Max(last, entry.MaxTime);
                    overlaps |= entry.MinTime <= maxTime && entry.MaxTime >= minTime;
                }

                if (overlaps)
                {
                    stones.Add((series, new DeletedInterval(Math.Max(minTime, first), Math.Min(maxTime, last))));
                }
            }
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(references);
        }

        return stones;
    }
}
