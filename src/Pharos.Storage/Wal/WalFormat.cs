namespace Pharos.Storage.Wal;

/// <summary>Numbers of upstream's log format. They never change. docs/formats/wal.md.</summary>
internal static class WalFormat
{
    public const int PageBytes = 32 * 1024;

    /// <summary>Type, length (2 bytes, big-endian), CRC-32C of the data (4 bytes, big-endian).</summary>
    public const int FragmentHeaderBytes = 7;

    public const byte PageEnd = 0;
    public const byte Full = 1;
    public const byte First = 2;
    public const byte Middle = 3;
    public const byte Last = 4;

    /// <summary>The bits of the type that say which of the above.</summary>
    public const byte TypeMask = 7;

    public const byte SnappyFlag = 8;
    public const byte ZstdFlag = 16;
}
