using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>
/// Takes records from the log and puts what they hold into the batches of the shards, a record at a time, and stops in the middle of one when a shard is full. Used by one
/// thread at a time. Benchmark: <c>RemoteWriteSendBenchmarks</c>.
/// </summary>
internal sealed class LogPump
{
    private readonly QueueContext _queue;
    private readonly ILogCursor _cursor;
    private readonly SeriesCache _cache;
    private readonly SendProgress _progress;
    private readonly LoggedRecord _record = new();
    private IReadOnlyList<Shard> _shards;
    private ResumePlan? _resume;
    private bool _isInRecord;
    private int _next;
    private int _lastBatch;
    private long _oldest = long.MinValue;
    private int _lostSegments;

    public LogPump(QueueContext queue, ILogCursor cursor, SeriesCache cache, SendProgress progress, IReadOnlyList<Shard> shards, ResumePlan? resume)
    {
        _queue = queue;
        _cursor = cursor;
        _cache = cache;
        _progress = progress;
        _shards = shards;
        _resume = resume;
    }

    /// <summary>Goes on with other shards; the former ones are idle.</summary>
    public void SetShards(IReadOnlyList<Shard> shards)
    {
        _shards = shards;
        _resume = null;
    }

    /// <summary>In front of what is taken next.</summary>
    public LogMark Mark => _isInRecord ? new LogMark(_record.Position, _next) : new LogMark(_cursor.Position, 0);

    /// <summary>Takes one record, or the rest of one.</summary>
    /// <exception cref="IOException">The log cannot be read here.</exception>
    public PumpResult Step()
    {
        if (!_isInRecord)
        {
            if (!TryBegin())
            {
                return PumpResult.AtEnd;
            }
        }

        // A record holds entries of one kind.
        if (!Feed<LoggedSample, SampleEntry>(_record.Samples)
            || !Feed<SeriesExemplar, ExemplarEntry>(CollectionsMarshal.AsSpan(_record.Exemplars))
            || !Feed<LoggedHistogram, HistogramEntry>(CollectionsMarshal.AsSpan(_record.Histograms)))
        {
            return PumpResult.Blocked;
        }

        _isInRecord = false;
        _progress.ReadTo(Mark);
        if (_cache.WantsCompaction && PushAll())
        {
            _cache.Compact();
        }

        return PumpResult.Fed;
    }

    /// <summary>Hands over all batches; false when one has to wait.</summary>
    public bool PushAll()
    {
        bool all = true;
        foreach (Shard shard in _shards)
        {
            all &= shard.TryPush(_cache);
        }

        return all;
    }

    /// <summary>Hands over the batches that have waited long enough. Returns how long it is until the next one has; null when there is none.</summary>
    public TimeSpan? PushDue()
    {
        TimeSpan? next = null;
        foreach (Shard shard in _shards)
        {
            if (shard.Current is not { } batch)
            {
                continue;
            }

            TimeSpan left = _queue.Queue.BatchSendDeadline - _queue.Clock.GetElapsedTime(batch.BegunAt);
            if (left > TimeSpan.Zero)
            {
                next = next is null || left < next ? left : next;
            }
            else
            {
                // Where it has to wait, the shard wakes the queue when there is room.
                shard.TryPush(_cache);
            }
        }

        return next;
    }

    private bool TryBegin()
    {
        bool read = _cursor.TryRead(_record);
        _queue.Counters.Set(RemoteWriteCount.Segment, _cursor.Position.Segment);
        if (_cursor.LostSegments > _lostSegments)
        {
            int lost = _cursor.LostSegments - _lostSegments;
            _lostSegments = _cursor.LostSegments;
            _queue.Counters.Add(RemoteWriteCount.LostSegments, lost);
            _queue.Log.SegmentsLost(_queue.Name, _queue.Url, lost);
        }

        if (!read)
        {
            return false;
        }

        _isInRecord = true;
        _next = 0;
        TimeSpan age = _queue.Queue.SampleAgeLimit;
        _oldest = age > TimeSpan.Zero ? _queue.Now - (long)age.TotalMilliseconds : long.MinValue;
        if (_resume is not null && _resume.IsOver(Mark) && PushAll())
        {
            _resume = null;
        }

        Describe();
        DropUnsupported();
        return true;
    }

    private void Describe()
    {
        for (int i = 0; i < _record.SeriesCount; i++)
        {
            _cache.Add(_record.GetSeries(i, out ReadOnlySpan<byte> labelBytes), labelBytes);
        }

        foreach (SeriesMetadata metadata in _record.Metadata)
        {
            _cache.SetMetadata(metadata);
        }

        RemoteWriteQueueCounters counters = _queue.Counters;
        counters.Add(RemoteWriteCount.SeriesRecords, _record.SeriesCount > 0 ? 1 : 0);
        counters.Add(RemoteWriteCount.SampleRecords, _record.SampleCount > 0 ? 1 : 0);
        counters.Add(RemoteWriteCount.ExemplarRecords, _record.Exemplars.Count > 0 ? 1 : 0);
        counters.Add(RemoteWriteCount.HistogramRecords, _record.Histograms.Count > 0 ? 1 : 0);
        counters.Add(RemoteWriteCount.MetadataRecords, _record.Metadata.Count > 0 ? 1 : 0);
    }

    // False when a shard is full: the entry that it was full for is the next.
    private bool Feed<T, TKind>(ReadOnlySpan<T> entries)
        where TKind : struct, ILoggedEntry<T>
    {
        if (entries.IsEmpty)
        {
            return true;
        }

        long newest = 0;
        var tally = new PumpTally();
        bool blocked = false;
        for (; _next < entries.Length; _next++)
        {
            ref readonly T entry = ref entries[_next];
            SeriesRef reference = TKind.SeriesOf(entry);
            var mark = new LogMark(_record.Position, _next);
            if (_resume is not null && _resume.WasSent(reference.Value, mark))
            {
                continue;
            }

            if (TKind.TimeOf(entry) < _oldest)
            {
                tally.Old++;
                continue;
            }

            ref CachedSeries series = ref _cache.Get(reference, _record.Position);
            if (series.State != CachedState.Kept)
            {
                tally.Count(series.State, reference);
                continue;
            }

            Shard shard = ShardOf(reference, out int index);
            if (!CutWhereItEnded(shard, index, mark) || !shard.TryOpen(mark, ref _lastBatch, _cache))
            {
                blocked = true;
                break;
            }

            TKind.Add(shard.Current!, ref series, entry, _cache);
            shard.Current!.End = mark with { Index = _next + 1 };
            shard.PushWhenFull(_cache);
            tally.Sent++;
            newest = Math.Max(newest, TKind.TimeOf(entry));
        }

        Note<T, TKind>(tally, blocked, newest);
        return !blocked;
    }

    // Version 1 has no way to say custom buckets.
    private void DropUnsupported()
    {
        if (_record.Histograms.Count > 0 && !_queue.IsVersion2)
        {
            int dropped = _record.Histograms.RemoveAll(static h => h.Histogram.Integers is { UsesCustomBuckets: true } || h.Histogram.Floats is { UsesCustomBuckets: true });
            _queue.Counters.Add(RemoteWriteCount.UnsupportedHistograms, dropped);
        }
    }

    private Shard ShardOf(SeriesRef series, out int index)
    {
        index = _shards.Count == 1 ? 0 : (int)(series.Value % (ulong)_shards.Count);
        return _shards[index];
    }

    // False while the shard has no room for the batch that has to end here.
    private bool CutWhereItEnded(Shard shard, int index, LogMark mark)
    {
        if (_resume is null || _resume.Shards != _shards.Count || !_resume.EndsBefore(index, mark))
        {
            return true;
        }

        if (!shard.TryPush(_cache))
        {
            return false;
        }

        _resume.Forget(index);
        return true;
    }

    private void Note<T, TKind>(PumpTally tally, bool blocked, long newest)
        where TKind : struct, ILoggedEntry<T>
    {
        RemoteWriteQueueCounters counters = _queue.Counters;
        counters.Add(TKind.Pending, tally.Sent);
        counters.Raise(RemoteWriteCount.NewestRead, newest);
        if (blocked)
        {
            counters.Add(RemoteWriteCount.EnqueueRetries, 1);
        }

        if (tally.Old + tally.Dropped + tally.Missing > 0)
        {
            counters.Add(TKind.Old, tally.Old);
            counters.Add(TKind.Dropped, tally.Dropped);
            counters.Add(TKind.Unknown, tally.Missing);
            _queue.Calculator.Dropped.Add(tally.Dropped + tally.Missing);
            if (tally.Missing > 0)
            {
                _queue.Log.UnknownSeries(_queue.Name, _queue.Url, tally.LastMissing.Value);
            }
        }
    }
}
