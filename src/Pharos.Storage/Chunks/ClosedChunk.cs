using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pharos.Storage.Chunks;

/// <summary>What stands before the bits of a closed chunk in memory: 24 bytes. The last two with the bits after them are the chunk as upstream stores it.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct ClosedChunk
{
    public const int Bytes = 24;

    /// <summary>First timestamp, milliseconds.</summary>
    public long MinTime;

    /// <summary>Last timestamp less the first, milliseconds.</summary>
    public int Duration;

    /// <summary>The chunk before in units of the arena; 0: none.</summary>
    public uint Previous;

    /// <summary>From the end of the chunk before to the start of this one, see <see cref="PackGap"/>.</summary>
    public uint Gap;

    /// <summary>Bytes of bits behind this header.</summary>
    public ushort BitsLength;

    /// <summary>Samples, big-endian as upstream stores it.</summary>
    public ushort CountBigEndian;

    public readonly long MaxTime => MinTime + Duration;

    public readonly int Count => BinaryPrimitives.ReverseEndianness(CountBigEndian);

    /// <summary>
    /// Where the chunk before ends, or up to a second earlier. It tells a reader whether it may look at that chunk: chunks are freed from the oldest, and one that ends before
    /// the head's least time may be gone.
    /// </summary>
    public readonly long PreviousMaxTime => MinTime - UnpackGap(Gap);

    /// <summary>Milliseconds up to 24 days; beyond, whole seconds rounded up, with the top bit set.</summary>
    public static uint PackGap(long gapMs) => gapMs < 1L << 31 ? (uint)gapMs : 0x8000_0000u | (uint)Math.Min((gapMs + 999) / 1000, int.MaxValue);

    private static long UnpackGap(uint gap) => gap < 0x8000_0000u ? gap : (gap & 0x7fff_ffff) * 1000L;
}
