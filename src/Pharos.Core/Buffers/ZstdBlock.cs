using System.Runtime.InteropServices;

namespace Pharos.Core.Buffers;

/// <summary>
/// Zstandard frames by libzstd (<c>libzstd.so.1</c>, which every Debian has), since .NET has none of its own. Format: RFC 8878. Thread-safe.
/// </summary>
public static unsafe partial class ZstdBlock
{
    private const string Library = "libzstd.so.1";
    private const ulong UnknownSize = ulong.MaxValue;
    private const ulong NoFrame = ulong.MaxValue - 1;
    private const int Level = 1;
    private static readonly Lazy<bool> IsFound = new(static () => NativeLibrary.TryLoad(Library, out _));

    /// <summary>Whether the library is on this host; where not, nothing else here may be called.</summary>
    public static bool IsSupported => IsFound.Value;

    /// <summary>What compressing so many bytes takes at most.</summary>
    public static int MaxCompressedLength(int length) => checked((int)CompressBound((nuint)length));

    /// <summary>Compresses into one frame that says its size, fast rather than small. Returns its length.</summary>
    /// <param name="source">Any bytes.</param>
    /// <param name="destination">At least <see cref="MaxCompressedLength"/>.</param>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        nuint written;
        fixed (byte* from = source)
        fixed (byte* to = destination)
        {
            written = Compress(to, (nuint)destination.Length, from, (nuint)source.Length, Level);
        }

        return IsError(written) == 0
            ? (int)written
            : throw new ArgumentException($"{destination.Length} bytes are too few for what compressing {source.Length} may take", nameof(destination));
    }

    /// <summary>Decompressed size, as the frame says. False where it does not say, or where this is no frame.</summary>
    public static bool TryGetDecompressedLength(ReadOnlySpan<byte> source, out long length)
    {
        ulong size;
        fixed (byte* from = source)
        {
            size = ContentSize(from, (nuint)source.Length);
        }

        length = (long)size;
        return size is not (UnknownSize or NoFrame) && size <= long.MaxValue;
    }

    /// <summary>Decompresses a frame. False when it is damaged or does not fit.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        nuint result;
        fixed (byte* from = source)
        fixed (byte* to = destination)
        {
            result = Decompress(to, (nuint)destination.Length, from, (nuint)source.Length);
        }

        bool isWhole = IsError(result) == 0;
        written = isWhole ? (int)result : 0;
        return isWhole;
    }

    [LibraryImport(Library, EntryPoint = "ZSTD_compressBound")]
    private static partial nuint CompressBound(nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_compress")]
    private static partial nuint Compress(byte* to, nuint room, byte* from, nuint length, int level);

    [LibraryImport(Library, EntryPoint = "ZSTD_getFrameContentSize")]
    private static partial ulong ContentSize(byte* from, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_decompress")]
    private static partial nuint Decompress(byte* to, nuint room, byte* from, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint code);
}
