using Pharos.Storage.Blocks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Exemplars;

namespace Pharos.Storage;

/// <summary>Counters and gauges of a store at one moment. Counters start at 0 when it is opened.</summary>
public sealed record TsdbMetrics
{
    /// <summary>Series held now.</summary>
    public long Series { get; init; }

    public long SeriesCreated { get; init; }

    /// <summary>Series dropped by retention.</summary>
    public long SeriesRemoved { get; init; }

    /// <summary>Times that a series reference named nothing.</summary>
    public long SeriesNotFound { get; init; }

    /// <summary>Samples stored.</summary>
    public long SamplesAppended { get; init; }

    /// <summary>Native histograms among <see cref="SamplesAppended"/>.</summary>
    public long HistogramsAppended { get; init; }

    /// <summary>Samples refused as older than the newest of their series.</summary>
    public long OutOfOrderSamples { get; init; }

    /// <summary>Samples refused as a second value at a timestamp.</summary>
    public long DuplicateSamples { get; init; }

    /// <summary>Samples refused as older than the head takes.</summary>
    public long OutOfBoundSamples { get; init; }

    /// <summary>Samples refused as further behind than the out-of-order window.</summary>
    public long TooOldSamples { get; init; }

    /// <summary>Samples stored out of order that are numbers.</summary>
    public long OutOfOrderSamplesAppended { get; init; }

    /// <summary>Native histograms stored out of order.</summary>
    public long OutOfOrderHistogramsAppended { get; init; }

    /// <summary>Upper bounds, in seconds, of the buckets that count how far behind the newest sample of the head others came.</summary>
    public IReadOnlyList<double> OutOfOrderDeltaBounds { get; init; } = [];

    /// <summary>How many samples fell into each of these buckets alone; the last is for those above all bounds.</summary>
    public IReadOnlyList<long> OutOfOrderDeltaCounts { get; init; } = [];

    /// <summary>Sum of these distances, seconds.</summary>
    public double OutOfOrderDeltaSum { get; init; }

    /// <summary>Index of the segment that is written now of the log of out-of-order samples; -1 while there is none.</summary>
    public long OutOfOrderLogSegment { get; init; }

    /// <summary>Bytes of that log on disk.</summary>
    public long OutOfOrderLogStorageBytes { get; init; }

    /// <summary>Writes to that log that failed.</summary>
    public long OutOfOrderLogWriteFailures { get; init; }

    /// <summary>Records of that log that were cut off or dropped when it was opened.</summary>
    public long OutOfOrderLogRepairs { get; init; }

    /// <summary>Deleted intervals of the head's series.</summary>
    public long Tombstones { get; init; }

    /// <summary>Oldest time in the head, milliseconds; <see cref="long.MaxValue"/> when empty.</summary>
    public long MinTime { get; init; }

    /// <summary>Newest time in the head, milliseconds; <see cref="long.MinValue"/> when empty.</summary>
    public long MaxTime { get; init; }

    /// <summary>What is loaded of blocks.</summary>
    public BlockMetrics Blocks { get; init; } = new();

    /// <summary>What was made of head and blocks; null in a store that was never open.</summary>
    public CompactionMetrics? Compaction { get; init; }

    /// <summary>Oldest time of head and blocks, milliseconds; <see cref="long.MaxValue"/> when there is nothing.</summary>
    public long LowestTime => Math.Min(MinTime, Blocks.MinTime);

    /// <summary>Closed and open chunks.</summary>
    public long Chunks { get; init; }

    /// <summary>Chunks begun.</summary>
    public long ChunksCreated { get; init; }

    /// <summary>Chunks dropped by retention.</summary>
    public long ChunksRemoved { get; init; }

    /// <summary>Bytes of the files of head chunks on disk.</summary>
    public long HeadChunksStorageBytes { get; init; }

    /// <summary>Times that files of head chunks could not be written; the chunks stay in memory.</summary>
    public long HeadChunksWriteFailures { get; init; }

    /// <summary>Other spellings of label sets that are remembered.</summary>
    public long Aliases { get; init; }

    /// <summary>Index of the log segment written now.</summary>
    public long WalSegment { get; init; }

    /// <summary>Bytes written to the log.</summary>
    public long WalBytesWritten { get; init; }

    /// <summary>Bytes of all log segments and checkpoints on disk.</summary>
    public long WalStorageBytes { get; init; }

    /// <summary>Times that a segment was forced to disk.</summary>
    public long WalSyncs { get; init; }

    /// <summary>Forcings to disk that failed.</summary>
    public long WalSyncFailures { get; init; }

    /// <summary>Writes to the log that failed; each refused a whole batch.</summary>
    public long WalWriteFailures { get; init; }

    /// <summary>Records that were cut off or dropped when the log was opened.</summary>
    public long WalRepairs { get; init; }

    /// <summary>Records of kinds that are not kept yet, met when the log was opened.</summary>
    public long WalRecordsNotKept { get; init; }

    /// <summary>Times that old data was dropped.</summary>
    public long Truncations { get; init; }

    /// <summary>Checkpoints written.</summary>
    public long Checkpoints { get; init; }

    /// <summary>Droppings of old data that failed.</summary>
    public long TruncationFailures { get; init; }

    /// <summary>How long reading the log took when the store was opened.</summary>
    public TimeSpan ReplayDuration { get; init; }

    /// <summary>Queriers open now.</summary>
    public int OpenQueriers { get; init; }

    /// <summary>What is kept of exemplars.</summary>
    public ExemplarMetrics Exemplars { get; init; }

    /// <summary>Native memory by kind, in bytes: the garbage collector knows nothing of it.</summary>
    public IReadOnlyDictionary<string, long> NativeBytes { get; init; } = new Dictionary<string, long>();
}
