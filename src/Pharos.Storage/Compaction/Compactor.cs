using System.Globalization;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;

namespace Pharos.Storage.Compaction;

/// <summary>Writes blocks from the head and from other blocks. One at a time; readers are not held up.</summary>
internal sealed class Compactor
{
    private readonly IStoreFiles _files;
    private readonly TimeProvider _clock;
    private readonly CompactionCounters _counters;
    private readonly Action<TsdbMessage>? _log;
    private readonly long _segmentBytes;

    /// <param name="files">Makes the files.</param>
    /// <param name="clock">Gives blocks their names, and durations.</param>
    /// <param name="counters">Counts.</param>
    /// <param name="segmentBytes">Size of a segment of chunks at most.</param>
    /// <param name="log">Takes what an operator should read.</param>
    public Compactor(IStoreFiles files, TimeProvider clock, CompactionCounters counters, long segmentBytes, Action<TsdbMessage>? log)
    {
        _files = files;
        _clock = clock;
        _counters = counters;
        _segmentBytes = segmentBytes;
        _log = log;
    }

    /// <summary>Writes a block of one input. Null when there is no sample in the range: then there is no block.</summary>
    /// <param name="folder">Where the block's folder goes.</param>
    /// <param name="input">Stays the caller's.</param>
    /// <param name="minTime">First time, milliseconds; the block says so.</param>
    /// <param name="maxTime">End, not included.</param>
    /// <param name="parent">The block that this one replaces, if any; its hints go over.</param>
    /// <param name="hints">Where it comes from otherwise, sorted.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left.</param>
    /// <exception cref="CorruptionException">The input is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses; nothing is left.</exception>
    public BlockMeta? Write(
        string folder, IBlockInput input, long minTime, long maxTime, BlockMeta? parent, IReadOnlyList<string> hints, CancellationToken cancellationToken)
    {
        Ulid ulid = Ulid.New(_clock);
        var meta = new BlockMeta
        {
            Ulid = ulid,
            MinTime = minTime,
            MaxTime = maxTime,
            Sources = [ulid],
            Parents = parent is null ? [] : [new BlockParent(parent.Ulid, parent.MinTime, parent.MaxTime)],
            Hints = parent?.Hints ?? hints,
        };
        return Write(folder, [input], meta, "the head", cancellationToken);
    }

    /// <summary>Makes one block of several. Null when no sample is left: then there is no new block, and the old ones say that they may go.</summary>
    /// <param name="folder">Where the block's folder goes; that of the others.</param>
    /// <param name="blocks">By first time; they stay the caller's.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left.</param>
    /// <exception cref="CorruptionException">A block is damaged; all of them say that they failed and are left out from then on.</exception>
    /// <exception cref="BlockLimitException">The block would be too large; all of them say that they failed.</exception>
    /// <exception cref="IOException">The disk is full, or refuses; nothing is left.</exception>
    public BlockMeta? Merge(string folder, IReadOnlyList<Block> blocks, CancellationToken cancellationToken)
    {
        BlockMeta[] metas = [.. blocks.Select(static block => BlockMetaFile.Read(block.Folder))];
        BlockMeta meta = MergedMeta.Of(Ulid.New(_clock), metas);
        CountOverlap(metas, meta.Ulid);
        string names = string.Join(", ", metas.Select(static block => block.Ulid));
        var inputs = new List<IBlockInput>();
        try
        {
            foreach (Block block in blocks)
            {
                inputs.Add(block.OpenInput());
            }

            BlockMeta? written = Write(folder, inputs, meta, names, cancellationToken);
            if (written is null)
            {
                Mark(blocks, metas, static block => block with { IsDeletable = true });
            }

            return written;
        }
        catch (Exception e) when (e is CorruptionException or BlockLimitException)
        {
            // A full disk passes, these do not.
            Mark(blocks, metas, static block => block with { HasFailed = true });
            throw;
        }
        finally
        {
            inputs.ForEach(static input => input.Dispose());
        }
    }

    private BlockMeta? Write(string folder, IReadOnlyList<IBlockInput> inputs, BlockMeta meta, string source, CancellationToken cancellationToken)
    {
        long started = _clock.GetTimestamp();
        _counters.BeginWrite();
        try
        {
            using var writer = new BlockWriter(_files, folder, meta.Ulid, _segmentBytes);
            BlockMerge.Copy(inputs, meta.MinTime, meta.MaxTime - 1, writer, meta.Level == 1 ? _counters : null, cancellationToken);
            BlockMeta? written = writer.Commit(meta, cancellationToken);
            Tell(written, meta, source, _clock.GetElapsedTime(started));
            return written;
        }
        catch (InvalidDataException e)
        {
            throw new CorruptionException(folder, 0, $"{source} cannot be written to a block: {e.Message}");
        }
        finally
        {
            _counters.EndWrite(_clock.GetElapsedTime(started));
        }
    }

    private void Tell(BlockMeta? written, BlockMeta meta, string source, TimeSpan duration)
    {
        string times = string.Create(CultureInfo.InvariantCulture, $"from {meta.MinTime} to {meta.MaxTime}, {duration.TotalSeconds:F3} s");
        string text = written is null
            ? $"{source} has no samples {times}"
            : string.Create(CultureInfo.InvariantCulture, $"block {written.Ulid} written of {source}: {written.Stats.Samples} samples of {written.Stats.Series} series {times}");
        _log?.Invoke(new TsdbMessage(TsdbSeverity.Information, text));
    }

    private void CountOverlap(BlockMeta[] metas, Ulid ulid)
    {
        long end = metas[0].MaxTime;
        foreach (BlockMeta meta in metas.AsSpan(1))
        {
            if (meta.MinTime < end)
            {
                _counters.AddOverlapping();
                _log?.Invoke(new TsdbMessage(TsdbSeverity.Information, $"found overlapping blocks during compaction: {ulid}"));
                return;
            }

            end = Math.Max(end, meta.MaxTime);
        }
    }

    private void Mark(IReadOnlyList<Block> blocks, BlockMeta[] metas, Func<BlockMeta, BlockMeta> change)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            try
            {
                BlockMetaFile.Write(_files, blocks[i].Folder, change(metas[i]));
            }
            catch (IOException e)
            {
                _log?.Invoke(new TsdbMessage(TsdbSeverity.Error, $"{blocks[i].Folder}: {BlockMetaFile.Name} cannot be written: {e.Message}"));
            }
        }
    }
}
