using Pharos.Storage.Blocks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Files;
using Pharos.Storage.Head;

namespace Pharos.Storage;

/// <summary>What keeps the blocks of an open store: the thread that compacts, and the same on demand. Usable from any thread.</summary>
internal sealed class BlockUpkeep : IDisposable
{
    private readonly TsdbOptions _options;
    private readonly CompactionCounters _counters = new();
    private readonly Retention _retention;
    private readonly BlockKeeper _keeper;
    private readonly CompactionLoop _loop;
    private volatile bool _isSwitchedOff;
    private readonly Lock _requests = new();
    private bool _hasFailed;

    /// <param name="options">Of the store.</param>
    /// <param name="files">Makes the files.</param>
    /// <param name="memory">The head.</param>
    /// <param name="lateLog">The log of its samples out of order.</param>
    /// <param name="truncation">Of the head, in memory and in the log.</param>
    /// <param name="blocks">The open blocks.</param>
    /// <param name="maintenance">Held in each step.</param>
    public BlockUpkeep(
        TsdbOptions options, IStoreFiles files, HeadMemory memory, OutOfOrderLog lateLog, IHeadTruncation truncation, BlockList blocks, Lock maintenance)
    {
        _options = options;
        _retention = new Retention(options.Folder, () => HeadBytes(options.Folder), DiskBytes, _counters, options.Log)
        {
            Limits = new RetentionLimits(options.Retention, options.RetentionBytes, options.RetentionPercentage),
        };
        var compactor = new Compactor(files, options.TimeProvider, _counters, options.BlockSegmentBytes, options.Log);
        long[] ranges = BlockRanges.Of(options.MinBlockDuration, options.MaxBlockDuration, options.Retention);
        var outOfOrder = new OutOfOrderCompaction(options.Folder, files, memory, lateLog, blocks, compactor, ranges[0]);
        var parts = new BlockKeeperParts(compactor, outOfOrder, ranges, _retention, _counters, options.TimeProvider);
        _keeper = new BlockKeeper(options.Folder, files, memory, truncation, blocks, parts, maintenance);
        _loop = new CompactionLoop(
            _keeper.Run,
            e =>
            {
                lock (_requests)
                {
                    // What appends asked for meanwhile would fail the same way.
                    _hasFailed = true;
                    _loop!.Forget();
                }

                options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Error, $"compaction failed, to be tried again: {e.Message}"));
            });
    }

    public RetentionLimits Limits
    {
        get => _retention.Limits;
        set => _retention.Limits = value;
    }

    /// <summary>Whether nothing is done by itself; upstream's <c>DisableCompactions</c>.</summary>
    public bool IsSwitchedOff
    {
        get => _isSwitchedOff;
        set => _isSwitchedOff = value;
    }

    /// <summary>After samples were appended: asks for a round when the head has become due, unless the last one failed, which waits for the next regular one.</summary>
    public void RequestWhenDue()
    {
        if (!_keeper.IsHeadDue || _isSwitchedOff || !_options.CompactsItself)
        {
            return;
        }

        lock (_requests)
        {
            if (!_hasFailed)
            {
                _loop.Request();
            }
        }
    }

    /// <summary>Asks for a round in the background, if the store is one that compacts itself.</summary>
    public void Request()
    {
        if (_isSwitchedOff)
        {
            _counters.AddSkip();
            return;
        }

        lock (_requests)
        {
            _hasFailed = false;
            if (_options.CompactsItself)
            {
                _loop.Request();
            }
        }
    }

    public CompactionMetrics GetMetrics() => _counters.Read(_retention.Limits);

    /// <inheritdoc cref="BlockKeeper.Run"/>
    public void Compact(CancellationToken cancellationToken) => _keeper.Run(cancellationToken);

    /// <inheritdoc cref="BlockKeeper.CleanTombstones"/>
    public void CleanTombstones(CancellationToken cancellationToken) => _keeper.CleanTombstones(cancellationToken);

    /// <inheritdoc cref="BlockKeeper.Snapshot"/>
    public void Snapshot(string target, bool withHead, CancellationToken cancellationToken) => _keeper.Snapshot(target, withHead, cancellationToken);

    /// <summary>Ends what the background does and waits for it. The caller does not hold the lock of the steps.</summary>
    public void Dispose() => _loop.Dispose();

    // What upstream counts beside blocks: log, log of out-of-order samples, files of head chunks.
    private static long HeadBytes(string folder)
    {
        long bytes = 0;
        foreach (string name in (ReadOnlySpan<string>)["wal", "wbl", "chunks_head"])
        {
            var directory = new DirectoryInfo(Path.Combine(folder, name));
            if (!directory.Exists)
            {
                continue;
            }

            foreach (FileInfo file in directory.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                try
                {
                    bytes += file.Length;
                }
                catch (FileNotFoundException)
                {
                    // Removed by a truncation since it was listed.
                }
            }
        }

        return bytes;
    }

    private static long DiskBytes(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).TotalSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
