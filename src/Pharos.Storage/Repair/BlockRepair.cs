using System.Globalization;
using Pharos.Storage.Blocks;
using Pharos.Storage.Compaction;

namespace Pharos.Storage.Repair;

/// <summary>
/// Writes a damaged block anew, under another name, from what is whole of it, and sets the damaged one aside. A block whose labels cannot be read for sure is only set aside.
/// </summary>
internal sealed class BlockRepair
{
    private readonly RepairJournal _journal;
    private readonly TimeProvider _clock;

    public BlockRepair(RepairJournal journal, TimeProvider clock)
    {
        _journal = journal;
        _clock = clock;
    }

    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void Run(string folder, CancellationToken cancellationToken)
    {
        TombstoneSet tombstones = ReadTombstones(folder);
        if (BlockInspection.FindDamage(folder, out IReadOnlyList<uint>? series, cancellationToken) is not { } damage)
        {
            return;
        }

        try
        {
            using var salvaged = new SalvagedBlock(folder, series, tombstones);
            Rewrite(folder, salvaged, damage, cancellationToken);
        }
        catch (Exception e) when (e is CorruptionException or FileNotFoundException or DirectoryNotFoundException)
        {
            _journal.Add(damage.File, damage.Offset, damage.What, $"the block's labels cannot be read ({e.Message}); the whole block goes to {_journal.Name}/{_journal.Short(folder)}");
            _journal.SetAside(folder);
        }
    }

    private TombstoneSet ReadTombstones(string folder)
    {
        try
        {
            return TombstoneFile.Read(folder, out _);
        }
        catch (CorruptionException e)
        {
            _journal.Add(e.File, e.Offset, e.What, $"goes to {_journal.Name}/{_journal.Short(e.File)}; what was deleted of this block and not cleaned up is there again");
            _journal.SetAside(e.File);
            return TombstoneSet.Empty;
        }
    }

    private void Rewrite(string folder, SalvagedBlock salvaged, CorruptionException damage, CancellationToken cancellationToken)
    {
        BlockMeta? old = ReadMeta(folder);
        Ulid ulid = Ulid.New(_clock);
        BlockMeta? written = null;
        if (_journal.IsDryRun)
        {
            using IChunkSeriesCursor series = salvaged.OpenSeries(long.MinValue, long.MaxValue);
            while (series.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        else
        {
            _journal.Files.CreateFolder(_journal.Workshop);
            using var writer = new BlockWriter(_journal.Files, _journal.Workshop, ulid);
            BlockMerge.Copy([salvaged], long.MinValue, long.MaxValue, writer, counters: null, cancellationToken);
            written = writer.Commit(Describe(old, salvaged, ulid), cancellationToken);
        }

        string kept = salvaged.Chunks == 0
            ? "nothing of the block is whole"
            : string.Create(CultureInfo.InvariantCulture, $"written anew{(written is null ? "" : $" as {ulid}")} with {salvaged.Chunks} whole chunks of {salvaged.Series} series");
        string lost = string.Create(
            CultureInfo.InvariantCulture,
            $"lost are {salvaged.ChunksLost} chunks of them{(salvaged.SeriesLost > 0 ? $", and {salvaged.SeriesLost} series whose entry is damaged" : salvaged.IsScanned ? ", and every series whose entry is damaged" : "")}");
        _journal.Add(damage.File, damage.Offset, damage.What, $"{kept}; {lost}; the damaged block goes to {_journal.Name}/{_journal.Short(folder)}");
        if (_journal.IsDryRun)
        {
            return;
        }

        // The new one first: a crash between leaves both, which is a block twice and nothing less.
        if (written is not null)
        {
            _journal.PutInPlace(Path.Combine(_journal.Workshop, ulid.ToString()), Path.Combine(_journal.Folder, ulid.ToString()));
        }

        _journal.SetAside(folder);
    }

    private static BlockMeta? ReadMeta(string folder)
    {
        try
        {
            return BlockMetaFile.Read(folder);
        }
        catch (Exception e) when (e is CorruptionException or FileNotFoundException)
        {
            return null;
        }
    }

    // What the old description says goes over, so that planning sees the same block; without one it is told from the chunks.
    private static BlockMeta Describe(BlockMeta? old, SalvagedBlock salvaged, Ulid ulid) => old is null
        ? new BlockMeta { Ulid = ulid, MinTime = salvaged.MinTime, MaxTime = salvaged.MaxTime + 1, Sources = [ulid] }
        : old with { Ulid = ulid, HasFailed = false };
}
