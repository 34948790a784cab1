using Pharos.Storage.Wal;

namespace Pharos.Storage;

/// <summary>How a <see cref="Tsdb"/> is opened. Fixed while it is open.</summary>
public sealed record TsdbOptions
{
    /// <summary>Upstream's size of a segment of a block's chunks.</summary>
    public const long DefaultBlockSegmentBytes = 512L << 20;

    /// <summary>The data folder, upstream's <c>--storage.tsdb.path</c>. Made when absent.</summary>
    public required string Folder { get; init; }

    /// <summary>The clock of maintenance and of durations; data carries its own times.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long samples are kept, counted back from the newest. Zero or less: for ever.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How far behind the newest sample of the head one may come, upstream's <c>storage.tsdb.out_of_order_time_window</c>. Zero: not at all.</summary>
    public TimeSpan OutOfOrderWindow { get; init; }

    /// <summary>How log records are compressed, upstream's <c>--storage.tsdb.wal-compression-type</c>.</summary>
    public WalCompression WalCompression { get; init; } = WalCompression.Snappy;

    /// <summary>
    /// How often the log is forced to disk, which decides what a power cut costs: null when a segment is closed, as upstream; zero before anything is acknowledged, writers
    /// sharing the disk's turns; else so often.
    /// </summary>
    public TimeSpan? WalSyncInterval { get; init; }

    /// <summary>Most bytes of blocks, log and head chunks together; zero or less: as many as there are.</summary>
    public long RetentionBytes { get; init; }

    /// <summary>The same as a share of the disk, 0 to 100; comes before <see cref="RetentionBytes"/>.</summary>
    public double RetentionPercentage { get; init; }

    /// <summary>Span of the blocks that the head is written to, upstream's <c>--storage.tsdb.min-block-duration</c>.</summary>
    public TimeSpan MinBlockDuration { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Longest span of a block, upstream's <c>--storage.tsdb.max-block-duration</c>; zero or less: a tenth of the retention, at most 31 days.</summary>
    public TimeSpan MaxBlockDuration { get; init; }

    /// <summary>Size at which a segment of a block's chunks is closed.</summary>
    public long BlockSegmentBytes { get; init; } = DefaultBlockSegmentBytes;

    /// <summary>Whether head and blocks are looked after in the background; without it by <see cref="Tsdb.Compact"/> alone.</summary>
    public bool CompactsItself { get; init; } = true;

    /// <summary>Size at which a log segment is closed; a multiple of 32 KiB, at least 64 KiB.</summary>
    public int WalSegmentBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Most series held at once; 0: as many as the address space has room for.</summary>
    public long MaxSeries { get; init; }

    /// <summary>How many exemplars are kept in memory at first, and taken from the log at opening; zero or less: none.</summary>
    public long MaxExemplars { get; init; }

    /// <summary>How far behind the newest of its series an exemplar may come.</summary>
    public TimeSpan ExemplarWindow { get; init; }

    /// <summary>Whether types, units and help texts are logged, upstream's feature <c>metadata-wal-records</c>. What the log has of them is read and kept always.</summary>
    public bool KeepMetadata { get; init; }

    /// <summary>
    /// Whether the head is written as a snapshot at the end and every now and then, so that a start reads little of the log. Upstream does so at the end when told to by
    /// <c>--enable-feature=memory-snapshot-on-shutdown</c>.
    /// </summary>
    public bool HeadSnapshots { get; init; } = true;

    /// <summary>How often retention and memory are looked after.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What to do about a log that is damaged before its end: false refuses to open and names file and offset; true drops what follows the damage, as upstream does.
    /// A record torn at the very end of the log, which a killed process leaves behind, is cut off in either case.
    /// </summary>
    public bool DropAfterCorruption { get; init; }

    /// <summary>Takes what an operator should read. Called from any thread; must not throw.</summary>
    public Action<TsdbMessage>? Log { get; init; }
}
