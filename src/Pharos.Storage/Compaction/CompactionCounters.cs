namespace Pharos.Storage.Compaction;

/// <summary>What happened since the store was opened. Written by the thread that compacts, read by any.</summary>
internal sealed class CompactionCounters
{
    private long _writes;
    private long _overlapping;
    private long _triggered;
    private long _skipped;
    private long _failures;
    private long _durationTicks;
    private long _timeRetentions;
    private long _sizeRetentions;
    private long _tombstoneCleanings;
    private int _populating;

    /// <summary>Blocks written, or tried to be.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>Those of blocks that overlap.</summary>
    public long Overlapping => Volatile.Read(ref _overlapping);

    /// <summary>Rounds begun.</summary>
    public long Triggered => Volatile.Read(ref _triggered);

    /// <summary>Rounds left out because compaction is switched off.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Rounds that failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Time that writing blocks took in all.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Volatile.Read(ref _durationTicks));

    /// <summary>How often blocks went because of their age.</summary>
    public long TimeRetentions => Volatile.Read(ref _timeRetentions);

    /// <summary>How often blocks went because there were too many bytes.</summary>
    public long SizeRetentions => Volatile.Read(ref _sizeRetentions);

    /// <summary>Times that blocks were rid of what is deleted.</summary>
    public long TombstoneCleanings => Volatile.Read(ref _tombstoneCleanings);

    /// <summary>Whether a block is being written.</summary>
    public bool IsPopulating => Volatile.Read(ref _populating) > 0;

    public void AddTrigger() => Interlocked.Increment(ref _triggered);

    public void AddSkip() => Interlocked.Increment(ref _skipped);

    public void AddFailure() => Interlocked.Increment(ref _failures);

    public void AddOverlapping() => Interlocked.Increment(ref _overlapping);

    public void AddTimeRetention() => Interlocked.Increment(ref _timeRetentions);

    public void AddSizeRetention() => Interlocked.Increment(ref _sizeRetentions);

    public void AddTombstoneCleaning() => Interlocked.Increment(ref _tombstoneCleanings);

    public void BeginWrite() => Interlocked.Increment(ref _populating);

    public void EndWrite(TimeSpan duration)
    {
        Interlocked.Decrement(ref _populating);
        Interlocked.Add(ref _durationTicks, duration.Ticks);
        Interlocked.Increment(ref _writes);
    }
}
