using Pharos.Storage.Files;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>
/// Drops what is older than a time: chunks by whole pages of memory, series whose newest sample is older, and the part of the log that nobody needs any more.
/// One at a time; writers and readers go on, the commit lock is held for a few thousand series at once.
/// </summary>
internal sealed unsafe class HeadTruncation
{
    private const uint SeriesPerTurn = 8192;
    private readonly HeadMemory _memory;
    private readonly SeriesLog _log;
    private readonly ChunkFileWriter _chunkWriter;
    private readonly HeadCounters _counters;
    private readonly string _walFolder;
    private readonly IStoreFiles _files;
    private readonly WalCompression _compression;
    private readonly Dictionary<ulong, int> _neededUntil = [];
    private uint _oldReferences;

    /// <summary>Told of the series that went, on the thread that drops them.</summary>
    public Action<HashSet<uint>>? Dropped { get; set; }

    public HeadTruncation(HeadMemory memory, SeriesLog log, ChunkFileWriter chunkWriter, HeadCounters counters, string walFolder, IStoreFiles files, WalCompression compression)
    {
        _memory = memory;
        _log = log;
        _chunkWriter = chunkWriter;
        _counters = counters;
        _walFolder = walFolder;
        _files = files;
        _compression = compression;
    }

    /// <summary>Says that the records of a reference are needed as long as the segment, though no series in memory has it.</summary>
    public void KeepRecords(ulong reference, int segment) => _neededUntil[reference] = segment;

    /// <summary>Drops what is older from memory. Samples older than this are refused from now on.</summary>
    public void TruncateMemory(long minTime)
    {
        lock (_memory.Commit)
        {
            _memory.MinValidTime = Math.Max(_memory.MinValidTime, minTime);
        }

        HashSet<uint> dropped = Sweep(minTime);
        TakenChunks taken;
        lock (_memory.Commit)
        {
            // Together: what is deleted must not show because its times are still asked for.
            _memory.Gate.EnterApply();
            if (_memory.MinTime != long.MaxValue)
            {
                _memory.MinTime = Math.Max(_memory.MinTime, minTime);
            }

            _memory.Tombstones = _memory.Tombstones.Without(dropped, minTime);
            _memory.Gate.ExitApply();
            _memory.ChunksRemoved += _memory.Chunks.TakeBefore(minTime, out taken);
        }

        if (!taken.IsEmpty)
        {
            _memory.Retire(() => _chunkWriter.Remove(taken));
        }

        if (dropped.Count > 0)
        {
            DropSeries(dropped);
        }

        _counters.Truncations++;
        _memory.Reclaim();
    }

    /// <summary>Replaces the segments that hold nothing newer by a checkpoint of the series that are still needed. False when there is no such segment.</summary>
    /// <exception cref="IOException">The checkpoint cannot be written; the log is as before.</exception>
    /// <exception cref="CorruptionException">An old segment cannot be read; the log is as before.</exception>
    public bool TruncateLog(long minTime)
    {
        lock (_memory.Commit)
        {
            _log.NextSegment(_memory.MaxTime);
        }

        int last = -1;
        List<int> segments = WalSegments.List(_walFolder);
        foreach (int segment in segments)
        {
            if (segment >= _log.Writer.Segment || !_log.NewestTimes.TryGetValue(segment, out long newest) || newest >= minTime)
            {
                break;
            }

            last = segment;
        }

        if (last < 0)
        {
            return false;
        }

        List<string> sources = SourcesUpTo(last, segments);
        var checkpoint = new Checkpoint(_walFolder, _files, _compression);
        checkpoint.Write(sources, last, reference => IsNeeded(reference, last), minTime);
        checkpoint.RemoveBefore(last);
        foreach ((ulong reference, int until) in _neededUntil)
        {
            if (until <= last)
            {
                _neededUntil.Remove(reference);
            }
        }

        _counters.Checkpoints++;
        return true;
    }

    private bool IsNeeded(ulong reference, int last) =>
        (reference < _memory.Series.Capacity && _memory.Series.Lines[reference].IsAlive)
        || (_neededUntil.TryGetValue(reference, out int until) && until > last);

    private List<string> SourcesUpTo(int last, List<int> segments)
    {
        var sources = new List<string>();
        List<int> checkpoints = WalSegments.ListCheckpoints(_walFolder);
        if (checkpoints.Count > 0)
        {
            string folder = WalSegments.CheckpointPath(_walFolder, checkpoints[^1]);
            foreach (int segment in WalSegments.List(folder))
            {
                sources.Add(WalSegments.Path(folder, segment));
            }
        }

        foreach (int segment in segments)
        {
            if (segment <= last && (checkpoints.Count == 0 || segment > checkpoints[^1]))
            {
                sources.Add(WalSegments.Path(_walFolder, segment));
            }
        }

        return sources;
    }

    private HashSet<uint> Sweep(long minTime)
    {
        var dropped = new HashSet<uint>();
        uint last = _memory.Series.LastReference;
        for (uint from = 1; from <= last; from += SeriesPerTurn)
        {
            lock (_memory.Commit)
            {
                _memory.Gate.EnterApply();
                for (uint reference = from; reference <= last && reference < from + SeriesPerTurn; reference++)
                {
                    HotLine* line = _memory.Series.Lines + reference;
                    if (line->IsAlive && SweepSeries(line, reference, minTime))
                    {
                        dropped.Add(reference);
                    }
                }

                _memory.Gate.ExitApply();
            }
        }

        _oldReferences = last;
        return dropped;
    }

    // True when the series goes. One that has no sample yet was looked up and waits for its first: it goes only if that did not come since the sweep before.
    private bool SweepSeries(HotLine* line, uint reference, long minTime)
    {
        if (line->Time >= minTime || _memory.OutOfOrder.Has(reference))
        {
            if (line->Closed != 0 && _memory.Chunks.At(line->Closed)->MaxTime < minTime)
            {
                line->Closed = 0;
            }

            return false;
        }

        if (line->Count == 0 && reference > _oldReferences)
        {
            return false;
        }

        _memory.ChunksRemoved += line->Count > 0 ? 1 : 0;
        _memory.Xor.Discard(line);
        _memory.HistogramStates.Remove(reference);
        line->State = SeriesState.Dropped;
        line->Closed = 0;
        line->Count = 0;
        return true;
    }

    private void DropSeries(HashSet<uint> dropped)
    {
        SeriesStore store = _memory.Series;
        int segment;
        lock (_memory.Commit)
        {
            segment = _log.Writer.Segment;
        }

        foreach (uint reference in dropped)
        {
            _neededUntil[reference] = segment;
        }

        store.Index.EnterWriteLock();
        try
        {
            store.Remove(dropped);
        }
        finally
        {
            store.Index.ExitWriteLock();
        }

        _memory.Aliases.Remove(dropped);
        Dropped?.Invoke(dropped);
        Interlocked.Add(ref _counters.SeriesRemoved, dropped.Count);
        _memory.Retire(() =>
        {
            store.Index.EnterWriteLock();
            try
            {
                store.Free(dropped);
            }
            finally
            {
                store.Index.ExitWriteLock();
            }
        });
    }
}
