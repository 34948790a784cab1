namespace Pharos.Storage.Compaction;

/// <summary>What was made of head and blocks since the store was opened.</summary>
public sealed record CompactionMetrics
{
    /// <summary>Rounds begun.</summary>
    public long Triggered { get; init; }

    /// <summary>Rounds left out because compaction is switched off.</summary>
    public long Skipped { get; init; }

    /// <summary>Rounds that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Merges of blocks that overlap.</summary>
    public long Overlapping { get; init; }

    /// <summary>Whether a block is being written.</summary>
    public bool IsPopulating { get; init; }

    /// <summary>How long writing a block took, seconds; those that failed included.</summary>
    public required ObservedBuckets Durations { get; init; }

    /// <summary>Bytes of chunks that came from the head.</summary>
    public required ObservedBuckets ChunkBytes { get; init; }

    /// <summary>Samples of chunks that came from the head.</summary>
    public required ObservedBuckets ChunkSamples { get; init; }

    /// <summary>Milliseconds that chunks span which came from the head.</summary>
    public required ObservedBuckets ChunkRanges { get; init; }

    /// <summary>How long ridding blocks of deleted samples took, seconds.</summary>
    public required ObservedBuckets TombstoneCleanings { get; init; }

    /// <summary>How often blocks went because of their age.</summary>
    public long TimeRetentions { get; init; }

    /// <summary>How often blocks went because there were too many bytes.</summary>
    public long SizeRetentions { get; init; }

    /// <summary>How much history is kept.</summary>
    public required RetentionLimits Limits { get; init; }
}
