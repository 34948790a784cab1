namespace Pharos.Storage.Wal;

/// <summary>How records of the log are compressed. The numbers are the bits of a fragment's type that say so.</summary>
public enum WalCompression : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>With Snappy, as by default upstream.</summary>
    Snappy = WalFormat.SnappyFlag,

    /// <summary>With Zstandard: smaller, and several times the CPU. Needs libzstd on the host.</summary>
    Zstd = WalFormat.ZstdFlag,
}
