using Pharos.Storage.Chunks;

namespace Pharos.Storage.Compaction;

/// <summary>What happened since the store was opened. Written by one compaction at a time, read by any thread.</summary>
internal sealed class CompactionCounters
{
    // The buckets are upstream's (tsdb/compact.go).
    private readonly Observations _durations = new(1, 2, 14);
    private readonly Observations _chunkBytes = new(32, 1.5, 12);
    private readonly Observations _chunkSamples = new(4, 1.5, 12);
    private readonly Observations _chunkRanges = new(100, 4, 10);
    private readonly Observations _cleanings = new(0.005, 2, 12);
    private long _overlapping;
    private long _triggered;
    private long _skipped;
    private long _failures;
    private long _timeRetentions;
    private long _sizeRetentions;
    private int _populating;

    public void AddTrigger() => Interlocked.Increment(ref _triggered);

    public void AddSkip() => Interlocked.Increment(ref _skipped);

    public void AddFailure() => Interlocked.Increment(ref _failures);

    public void AddOverlapping() => Interlocked.Increment(ref _overlapping);

    public void AddTimeRetention() => Interlocked.Increment(ref _timeRetentions);

    public void AddSizeRetention() => Interlocked.Increment(ref _sizeRetentions);

    public void AddTombstoneCleaning(TimeSpan duration) => _cleanings.Add(duration.TotalSeconds);

    /// <summary>Chunks of a series that came from the head.</summary>
    public void AddChunks(ReadOnlySpan<ChunkView> chunks)
    {
        foreach (ref readonly ChunkView chunk in chunks)
        {
            _chunkBytes.Add(chunk.Length);
            _chunkSamples.Add(chunk.Count);
            _chunkRanges.Add(chunk.MaxTime - chunk.MinTime);
        }
    }

    public void BeginWrite() => Interlocked.Increment(ref _populating);

    public void EndWrite(TimeSpan duration)
    {
        Interlocked.Decrement(ref _populating);
        _durations.Add(duration.TotalSeconds);
    }

    /// <summary>All of it at this moment.</summary>
    public CompactionMetrics Read(RetentionLimits limits) => new()
    {
        Triggered = Volatile.Read(ref _triggered),
        Skipped = Volatile.Read(ref _skipped),
        Failures = Volatile.Read(ref _failures),
        Overlapping = Volatile.Read(ref _overlapping),
        IsPopulating = Volatile.Read(ref _populating) > 0,
        Durations = _durations.Read(),
        ChunkBytes = _chunkBytes.Read(),
        ChunkSamples = _chunkSamples.Read(),
        ChunkRanges = _chunkRanges.Read(),
        TombstoneCleanings = _cleanings.Read(),
        TimeRetentions = Volatile.Read(ref _timeRetentions),
        SizeRetentions = Volatile.Read(ref _sizeRetentions),
        Limits = limits,
    };
}
