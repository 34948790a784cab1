using Pharos.Storage;
using Pharos.Storage.Wal;

namespace Pharos.Server.Options;

/// <summary>Where and how long samples are kept.</summary>
internal sealed record StorageOptions
{
    public required string Path { get; init; }

    /// <summary>What the flag says; null when it was not given.</summary>
    public required TimeSpan? Retention { get; init; }

    /// <summary>Most bytes to keep; 0: as many as there are.</summary>
    public long RetentionBytes { get; init; }

    /// <summary>Span of the blocks that the head is written to.</summary>
    public TimeSpan MinBlockDuration { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Longest span of a block; zero: a tenth of the retention, at most 31 days.</summary>
    public TimeSpan MaxBlockDuration { get; init; }

    /// <summary>Size of a segment of a block's chunks; null for the store's own.</summary>
    public long? BlockSegmentBytes { get; init; }

    /// <summary>How often head and blocks are looked after.</summary>
    public TimeSpan BlockReloadInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Size of a segment of the log; null for the store's own.</summary>
    public required long? SegmentSizeBytes { get; init; }

    public required WalCompression Compression { get; init; }

    /// <summary>How often the log is forced to disk; see <see cref="TsdbOptions.WalSyncInterval"/>.</summary>
    public TimeSpan? SyncInterval { get; init; }

    /// <summary><c>--enable-feature=exemplar-storage</c>; how many is up to the configuration.</summary>
    public bool KeepsExemplars { get; init; }

    /// <summary><c>--enable-feature=metadata-wal-records</c>: types, units and help texts of series are logged, and sent with them.</summary>
    public bool KeepsMetadata { get; init; }

    /// <summary>How long stopping may take to send what is stored to others.</summary>
    public TimeSpan RemoteFlushDeadline { get; init; } = TimeSpan.FromMinutes(1);
}
