using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Deletion;
using Pharos.Storage.Exemplars;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Inspection;
using Pharos.Storage.Metadata;
using Pharos.Storage.Querying;
using Pharos.Storage.Snapshots;
using Pharos.Storage.Tailing;
using Pharos.Storage.Wal;

namespace Pharos.Storage;

/// <summary>
/// A time series database in one folder, in upstream's layout. Usable from any thread. What was acknowledged survives a killed process; against a power cut it is safe once
/// its log segment was closed, as upstream's is (docs/formats/wal.md).
/// </summary>
public sealed class Tsdb : ISeriesAppender, ISeriesSource, IExemplarAppender, IExemplarSource, IMetadataAppender, IDisposable
{
    private readonly TsdbOptions _options;
    private readonly FolderLock _lock;
    private readonly DataFolder _folder;
    private readonly BlockList _blocks;
    private readonly HeadMemory _memory;
    private readonly SeriesLog _log;
    private readonly OutOfOrderLog _outOfOrderLog;
    private readonly OutOfOrderAppender _outOfOrder;
    private readonly StoreDeletion _deletion;
    private readonly HeadCounters _counters;
    private readonly HeadTruncation _truncation;
    private readonly ChunkFileWriter _chunkWriter;
    private readonly HeadSnapshotWriter _snapshots;
    private readonly HeadAppender _appender;
    private readonly ExemplarStore _exemplars;
    private readonly SeriesMetadataStore _metadata;
    private readonly AnnotationLog _annotations;
    private readonly BlockUpkeep _upkeep;
    private readonly LogSync? _logSync;
    private readonly ITimer _timer;
    private readonly CreationMarks _creation = new();
    private readonly Lock _maintenance = new();
    private volatile bool _closed;
    private bool _isSnapshotFailing;

    private Tsdb(TsdbOptions options, IStoreFiles files, FolderLock folderLock, TsdbOpener.Parts parts)
    {
        _options = options;
        _lock = folderLock;
        _folder = parts.Folder;
        _blocks = parts.Blocks;
        _memory = parts.Memory;
        _log = parts.Log;
        _counters = parts.Counters;
        _truncation = parts.Truncation;
        _chunkWriter = parts.ChunkWriter;
        _snapshots = parts.Snapshots;
        _outOfOrderLog = parts.OutOfOrderLog;
        _outOfOrder = new OutOfOrderAppender(_memory, _outOfOrderLog, _counters, options.WalCompression);
        _deletion = new StoreDeletion(_memory, new HeadDeletion(_memory, _log, _outOfOrderLog), _blocks, new BlockDeletion(files));
        _appender = new HeadAppender(_memory, _log, _outOfOrder, _counters, options.WalCompression, options.WalSyncInterval == TimeSpan.Zero, options.MaxSeries);
        _exemplars = parts.Exemplars;
        _metadata = parts.Metadata;
        _annotations = new AnnotationLog(_memory, _log, options.WalCompression);
        Log = new SampleLog(_memory, _counters, _log.End, _folder.Wal, _exemplars, _metadata);
        _upkeep = new BlockUpkeep(options, files, _memory, _outOfOrderLog, new Truncation(this), _blocks, _maintenance);
        SetOutOfOrderWindow(options.OutOfOrderWindow);
        _logSync = LogSync.Start(_log, _outOfOrderLog, options);
        _creation.Note(Now, _memory.Series.LastReference);
        _timer = options.TimeProvider.CreateTimer(static state => ((Tsdb)state!).Maintain(), this, options.MaintenanceInterval, options.MaintenanceInterval);
    }

    /// <summary>Opens the folder with its blocks, reading its log: when this returns, everything that was acknowledged is there.</summary>
    /// <exception cref="DataFolderException">Another process holds the folder, or it has content that is not supported yet.</exception>
    /// <exception cref="CorruptionException">The log is damaged before its end, or a block is.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static Tsdb Open(TsdbOptions options, CancellationToken cancellationToken = default) => Open(options, DiskFiles.Instance, cancellationToken);

    internal static Tsdb Open(TsdbOptions options, IStoreFiles files, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WalSegmentBytes, 2 * WalFormat.PageBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.WalSegmentBytes % WalFormat.PageBytes, 0);
        Directory.CreateDirectory(options.Folder);
        var folderLock = new FolderLock(options.Folder);
        try
        {
            return new Tsdb(options, files, folderLock, TsdbOpener.Open(options, files, cancellationToken));
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>The open blocks.</summary>
    internal BlockList Blocks => _blocks;

    /// <summary>First time of the oldest block, milliseconds; null where there is none.</summary>
    public long? FirstBlockTime => _blocks.Current is { Count: > 0 } blocks ? blocks[0].Meta.MinTime : null;

    /// <summary>
    /// A second data folder with all that was acknowledged before, and of later appends none or the first ones, each whole: blocks and closed log segments as links, the newest
    /// segments as copies. The caller reads it and disposes of it. Appends and queries go on; compaction and deletion wait until it is made, which takes as long as the copies do.
    /// </summary>
    /// <param name="prefix">What its folder's name begins with, within the data folder.</param>
    /// <exception cref="IOException">A file cannot be linked or copied.</exception>
    /// <exception cref="StorageUnavailableException">The store is closed.</exception>
    public FolderCopy Copy(string prefix)
    {
        lock (_maintenance)
        {
            ThrowIfClosed();
            return FolderCopy.Create(_options.Folder, _options.Folder, prefix);
        }
    }

    /// <summary>The open blocks' descriptions, by first time.</summary>
    public IReadOnlyList<BlockMeta> GetBlocks() => [.. _blocks.Current.Select(static block => block.Meta)];

    /// <summary>The write-ahead log, for those who follow what is stored.</summary>
    public ISampleLog Log { get; }

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series) => _appender.TryFind(labelBytes, out series);

    /// <inheritdoc/>
    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
    {
        ThrowIfClosed();
        return _appender.GetOrAdd(labels, wireBytes);
    }

    /// <inheritdoc/>
    public AppendSummary Append(SampleBatch batch)
    {
        ThrowIfClosed();
        AppendSummary summary = _appender.Append(batch);
        _chunkWriter.ScheduleWhenMuch();
        _upkeep.RequestWhenDue();
        return summary;
    }

    /// <inheritdoc/>
    /// <exception cref="StorageUnavailableException">The store is closed.</exception>
    public ISeriesQuerier OpenQuerier()
    {
        ThrowIfClosed();
        return new MergedQuerier(_memory, _blocks);
    }

    /// <inheritdoc/>
    public bool KeepsExemplars => _exemplars.KeepsExemplars;

    /// <inheritdoc/>
    /// <exception cref="StorageUnavailableException">The store is closed.</exception>
    public ExemplarSummary AppendExemplars(ReadOnlySpan<SeriesExemplar> exemplars)
    {
        ThrowIfClosed();
        var stored = new List<SeriesExemplar>();
        ExemplarSummary summary = _exemplars.Append(exemplars, stored);
        _annotations.Write(stored);
        return summary;
    }

    /// <inheritdoc/>
    public bool KeepsMetadata => _options.KeepMetadata;

    /// <inheritdoc/>
    public int AppendMetadata(ReadOnlySpan<SeriesMetadata> metadata)
    {
        ThrowIfClosed();
        if (!KeepsMetadata)
        {
            return 0;
        }

        return _annotations.Write(metadata, _metadata);
    }

    /// <summary>The last metadata of a series, where it was logged.</summary>
    public bool TryGetMetadata(SeriesRef series, out SeriesMetadata metadata) => _metadata.TryGet(series, out metadata);

    /// <inheritdoc/>
    public IReadOnlyList<ExemplarsOfSeries> SelectExemplars(
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
        _exemplars.Select(matcherSets, minTime, maxTime, cancellationToken);

    /// <summary>
    /// How many exemplars are kept in memory from now on; the log has them too, as long as it has their time. Zero or less: none.
    /// </summary>
    /// <param name="limit">What is too much goes, the oldest first.</param>
    /// <param name="outOfOrderWindow">How far behind the newest of its series one may come; zero: not at all.</param>
    public void SetExemplars(long limit, TimeSpan outOfOrderWindow)
    {
        _exemplars.SetOutOfOrderWindow(outOfOrderWindow);
        _exemplars.SetLimit(limit);
    }

    /// <summary>How much history is kept from now on. Counts at the next maintenance.</summary>
    public void SetRetention(RetentionLimits limits) => _upkeep.Limits = limits;

    /// <summary>Whether head and blocks are left as they are, but for <see cref="Compact"/>.</summary>
    public void SwitchCompactionOff(bool isOff) => _upkeep.IsSwitchedOff = isOff;

    /// <summary>
    /// Writes what is due of the head to blocks, makes blocks one that are to be, and drops those beyond the retention; what is done by itself once a minute. Appends and queries
    /// go on meanwhile.
    /// </summary>
    /// <exception cref="CorruptionException">A block is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses: what was done until then stays, and can be gone on with.</exception>
    /// <exception cref="StorageUnavailableException">The store is closed.</exception>
    public void Compact(CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        _upkeep.Compact(cancellationToken);
    }

    /// <summary>Writes the blocks anew that samples are deleted of: then the disk space comes back.</summary>
    /// <exception cref="CorruptionException">A block is damaged.</exception>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    /// <exception cref="StorageUnavailableException">The store is closed.</exception>
    public void CleanTombstones(CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        _upkeep.CleanTombstones(cancellationToken);
    }

    /// <summary>
    /// Makes a data folder of what is there now: the blocks as links to their files, and the head as one block more. It costs the room of that block. The store and Prometheus
    /// open such a folder as any other.
    /// </summary>
    /// <param name="folder">Made where it is absent; on the same disk.</param>
    /// <param name="withHead">Whether the head's samples are wanted too.</param>
    /// <param name="cancellationToken">Ends it; what was made so far stays.</param>
    /// <exception cref="IOException">The folder cannot be written, or is on another disk.</exception>
    /// <exception cref="StorageUnavailableException">The store is closed.</exception>
    public void Snapshot(string folder, bool withHead, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        _upkeep.Snapshot(folder, withHead, cancellationToken);
    }

    /// <summary>How far behind the newest sample of the head one may come from now on; zero: only those newer than all of their series. What was taken before stays.</summary>
    public void SetOutOfOrderWindow(TimeSpan window) => _outOfOrder.WindowMs = (long)window.TotalMilliseconds;

    /// <summary>
    /// Deletes the samples in the range, both ends included, of the series that match. Durable, and left out by every reader that is opened afterwards, when this returns;
    /// the disk space comes back when blocks are written anew. Samples that are appended later stay, also at the same times. Waits for a compaction that is under way.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The store is closed, or cannot be written: the deletion may hold in part.</exception>
    /// <exception cref="CorruptionException">A block is damaged; the same.</exception>
    public void Delete(IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken = default)
    {
        lock (_maintenance)
        {
            ThrowIfClosed();
            _deletion.Delete(matchers, minTime, maxTime, cancellationToken);
        }
    }

    /// <summary>Drops samples older than the time, series that end before it, and the log of both as far as whole segments go.</summary>
    /// <exception cref="IOException">The log could not be shortened; the samples are gone from memory and come back at the next start, until it works.</exception>
    public void Truncate(long minTime)
    {
        lock (_maintenance)
        {
            if (_closed)
            {
                return;
            }

            _truncation.TruncateMemory(minTime);
            TruncateLog(minTime);
        }
    }

    /// <summary>Counters and gauges of this moment. Costs some microseconds and a look at the log's folder.</summary>
    public TsdbMetrics GetMetrics() => new()
    {
        Series = _memory.Series.Count,
        SeriesCreated = _counters.SeriesCreated,
        SeriesRemoved = _counters.SeriesRemoved,
        SeriesNotFound = _counters.SeriesNotFound,
        SamplesAppended = _counters.SamplesAppended,
        HistogramsAppended = _counters.HistogramsAppended,
        OutOfOrderSamples = _counters.OutOfOrder,
        DuplicateSamples = _counters.Duplicates,
        OutOfBoundSamples = _counters.TooOld,
        TooOldSamples = _counters.BeyondWindow,
        OutOfOrderSamplesAppended = _counters.OutOfOrderAppended,
        OutOfOrderHistogramsAppended = _counters.OutOfOrderHistogramsAppended,
        OutOfOrderDeltaBounds = [.. OutOfOrderDeltas.Bounds],
        OutOfOrderDeltaCounts = _counters.OutOfOrderDeltas.Counts(),
        OutOfOrderDeltaSum = _counters.OutOfOrderDeltas.Sum,
        OutOfOrderLogSegment = _outOfOrderLog.Segment,
        OutOfOrderLogStorageBytes = _outOfOrderLog.StorageBytes,
        OutOfOrderLogWriteFailures = _outOfOrderLog.Failures,
        OutOfOrderLogRepairs = _counters.OutOfOrderRepairs,
        Tombstones = _memory.Tombstones.All.Length,
        MinTime = _memory.MinTime,
        MaxTime = _memory.MaxTime,
        Blocks = BlockMetrics.Of(_blocks),
        Compaction = _upkeep.GetMetrics(),
        Chunks = _memory.ChunksCreated - _memory.ChunksRemoved,
        ChunksCreated = _memory.ChunksCreated,
        ChunksRemoved = _memory.ChunksRemoved,
        HeadChunksStorageBytes = ChunkFiles.StorageBytes(_folder.ChunksHead),
        HeadChunksWriteFailures = _chunkWriter.Failures,
        Aliases = _memory.Aliases.Count,
        WalSegment = _log.Writer.Segment,
        WalBytesWritten = _log.Writer.BytesWritten,
        WalStorageBytes = WalSegments.StorageBytes(_folder.Wal),
        WalSyncs = _log.Writer.Syncs,
        WalSyncFailures = _log.Writer.SyncFailures,
        WalWriteFailures = _log.Failures,
        WalRepairs = _counters.Repairs,
        WalRecordsNotKept = _counters.RecordsNotKept,
        Truncations = _counters.Truncations,
        Checkpoints = _counters.Checkpoints,
        TruncationFailures = _counters.TruncationFailures,
        ReplayDuration = _counters.ReplayDuration,
        OpenQueriers = _memory.Epochs.Readers,
        Exemplars = _exemplars.GetMetrics(),
        NativeBytes = _memory.CountMemory(),
    };

    /// <summary>Rankings for the cardinality view, each of at most <paramref name="limit"/> entries.</summary>
    public TsdbStatus GetStatus(int limit = 10) => HeadStatistics.Collect(_memory, limit, _creation.Oldest(Now));

    /// <summary>Writes what waits, forces the log to disk and gives the folder free. Queriers that are still open give nothing sensible any more.</summary>
    public void Dispose()
    {
        // Before the lock, which the background needs to end.
        _timer.Dispose();
        _upkeep.Dispose();
        lock (_maintenance)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            _logSync?.Dispose();
            if (_options.HeadSnapshots)
            {
                WriteSnapshot();
            }

            try
            {
                CloseLog();
            }
            finally
            {
                _chunkWriter.Dispose();
                _memory.Dispose();
                _blocks.Dispose();
                _lock.Dispose();
            }
        }
    }

    private long Now => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Writes the head as a snapshot now.</summary>
    internal void SnapshotHead()
    {
        lock (_maintenance)
        {
            ThrowIfClosed();
            WriteSnapshot();
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new StorageUnavailableException("the store is closed");
        }
    }

    // The log that a start has to read is kept to a few times what a snapshot is.
    private void WriteSnapshotWhenDue()
    {
        const long Least = 16 << 20;
        const int Times = 2;
        if (_options.HeadSnapshots && _log.Writer.BytesWritten - _snapshots.LogBytesBefore > Math.Max(Least, Times * _snapshots.Bytes))
        {
            WriteSnapshot();
        }
    }

    // Without one the next start reads more of the log: that is all. Under the lock of maintenance.
    private void WriteSnapshot()
    {
        try
        {
            _snapshots.Write();
            _isSnapshotFailing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            if (!_isSnapshotFailing)
            {
                _isSnapshotFailing = true;
                _options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, $"the head could not be written as a snapshot, the next start reads more of the log: {e.Message}"));
            }
        }
    }

    private void CloseLog()
    {
        lock (_memory.Commit)
        {
            CloseOutOfOrderLog();
            try
            {
                _log.Dispose();
            }
            catch (StorageUnavailableException e)
            {
                _options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Error, $"new series without samples were not logged at the end: {e.Message}"));
            }
        }
    }

    private void CloseOutOfOrderLog()
    {
        try
        {
            new OutOfOrderRewriting(_memory, _outOfOrderLog).RunIfDeleted();
        }
        catch (Exception e) when (e is StorageUnavailableException or IOException)
        {
            _options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, $"deleted samples stay in the log of out-of-order samples, Prometheus may show them: {e.Message}"));
        }
        finally
        {
            _outOfOrderLog.Dispose();
        }
    }

    private void TruncateLog(long minTime)
    {
        try
        {
            _truncation.TruncateLog(minTime);
        }
        catch
        {
            _counters.TruncationFailures++;
            throw;
        }
    }

    private void Maintain()
    {
        _upkeep.Request();
        if (!_maintenance.TryEnter())
        {
            return;
        }

        try
        {
            if (_closed)
            {
                return;
            }

            _creation.Note(Now, _memory.Series.LastReference);
            _chunkWriter.Write();
            WriteSnapshotWhenDue();
            _memory.Reclaim();
            long minTime = RetentionMinTime();
            if (minTime != long.MinValue)
            {
                Truncate(minTime);
            }
        }
        catch (Exception e)
        {
            _options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Error, $"old data could not be dropped, to be tried again: {e.Message}"));
        }
        finally
        {
            _maintenance.Exit();
        }
    }

    // The time to cut at, when at least a tenth of the retention (at most two hours, as upstream's smallest blocks) is overdue.
    private long RetentionMinTime()
    {
        var retention = (long)_upkeep.Limits.Time.TotalMilliseconds;
        if (retention <= 0 || _memory.MaxTime == long.MinValue)
        {
            return long.MinValue;
        }

        long minTime = _memory.MaxTime - retention;
        long overdue = minTime - _memory.MinTime;
        return overdue > Math.Min(Chunks.ChunkRange.DurationMs, retention / 10) ? minTime : long.MinValue;
    }

    // As compaction asks for it, within its lock.
    private sealed class Truncation(Tsdb store) : IHeadTruncation
    {
        public void TruncateMemory(long minTime) => store._truncation.TruncateMemory(minTime);

        public void TruncateLog(long minTime) => store.TruncateLog(minTime);
    }
}
