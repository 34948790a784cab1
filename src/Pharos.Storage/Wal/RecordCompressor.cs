using System.Globalization;
using Pharos.Core.Buffers;

namespace Pharos.Storage.Wal;

/// <summary>Compresses records, and back. Reuses its buffer; not thread-safe.</summary>
internal sealed class RecordCompressor
{
    // Snappy's densest element makes 64 bytes out of 3.
    private const int MaxSnappyExpansion = 22;

    // A page of equal bytes takes Zstandard a dozen; whatever it claims, a record is no longer than this.
    private const int MaxZstdLength = 128 << 20;
    private readonly WalCompression _kind;
    private byte[] _bytes = [];

    public RecordCompressor(WalCompression kind)
    {
        _kind = kind;
    }

    /// <summary>What goes to the log: the record compressed where that makes it smaller, else as it is. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> record, out WalCompression used)
    {
        used = WalCompression.None;
        if (_kind == WalCompression.None || record.IsEmpty)
        {
            return record;
        }

        int limit = _kind == WalCompression.Snappy ? SnappyBlock.MaxCompressedLength(record.Length) : ZstdBlock.MaxCompressedLength(record.Length);
        if (_bytes.Length < limit)
        {
            _bytes = new byte[limit];
        }

        int length = _kind == WalCompression.Snappy ? SnappyBlock.Compress(record, _bytes) : ZstdBlock.Compress(record, _bytes);
        if (length >= record.Length)
        {
            return record;
        }

        used = _kind;
        return _bytes.AsSpan(0, length);
    }

    /// <summary>Gives back a buffer that one large record has blown up.</summary>
    public void Trim(int bytes)
    {
        if (_bytes.Length > bytes)
        {
            _bytes = [];
        }
    }

    /// <summary>Appends the decompressed record to the buffer. Returns what is wrong with it, null when all is well.</summary>
    /// <exception cref="DataFolderException">It is compressed with Zstandard and the host has no libzstd: that is no damage.</exception>
    /// <param name="record">As it lies in the log.</param>
    /// <param name="flags">The compression bits of its fragments.</param>
    /// <param name="target">Unchanged when something is wrong.</param>
    public static string? Decompress(ReadOnlySpan<byte> record, byte flags, RecordBuffer target)
    {
        switch ((WalCompression)flags)
        {
            case WalCompression.None:
                target.Put(record);
                return null;
            case WalCompression.Snappy:
                if (!SnappyBlock.TryGetDecompressedLength(record, out int length) || length > (long)record.Length * MaxSnappyExpansion)
                {
                    return Claims(record.Length, length);
                }

                return Advance(SnappyBlock.TryDecompress(record, target.Reserve(length)[..length], out int written), written, target);
            case WalCompression.Zstd when !ZstdBlock.IsSupported:
                throw new DataFolderException("the log has records that are compressed with zstd, which needs libzstd.so.1 on this host (Debian: package libzstd1)");
            case WalCompression.Zstd:
                if (!ZstdBlock.TryGetDecompressedLength(record, out long size) || size > MaxZstdLength)
                {
                    return Claims(record.Length, size);
                }

                return Advance(ZstdBlock.TryDecompress(record, target.Reserve((int)size)[..(int)size], out written), written, target);
            default:
                return string.Create(CultureInfo.InvariantCulture, $"a record is compressed in an unknown way, {flags}");
        }
    }

    private static string? Advance(bool isWhole, int written, RecordBuffer target)
    {
        target.Advance(written);
        return isWhole ? null : "a record does not decompress";
    }

    private static string Claims(int length, long claimed) => string.Create(CultureInfo.InvariantCulture, $"a compressed record of {length} bytes claims {claimed}");
}
