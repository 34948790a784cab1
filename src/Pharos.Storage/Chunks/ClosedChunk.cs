using System.Runtime.InteropServices;

namespace Pharos.Storage.Chunks;

/// <summary>
/// What stays in memory of a closed chunk: 32 bytes. The chunk itself lies in the space of <see cref="HeadChunks.ClosedChunks"/>, framed as in upstream's files of head chunks.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct ClosedChunk
{
    public const int Bytes = 32;

    /// <summary>Bytes of a chunk at most: 24 bits.</summary>
    public const int MaxLength = (1 << 24) - 1;

    /// <summary>Positions are below this: 40 bits.</summary>
    public const long MaxPosition = 1L << 40;

    /// <summary>A chunk spans at most so many milliseconds: 49 days.</summary>
    public const long MaxDuration = uint.MaxValue;

    /// <summary>First timestamp, milliseconds.</summary>
    public long MinTime;

    /// <summary>Last timestamp less the first, milliseconds.</summary>
    public uint Duration;

    /// <summary>The chunk before in units of the arena; 0: none.</summary>
    public uint Previous;

    /// <summary>From the end of the chunk before to the start of this one, see <see cref="PackGap"/>.</summary>
    public uint Gap;

    /// <summary>Samples.</summary>
    public ushort Count;

    /// <summary>How they are encoded.</summary>
    public ChunkEncoding Encoding;

    private ulong _place;

    public readonly long MaxTime => MinTime + Duration;

    /// <summary>Where the chunk's first byte (the count of its samples) lies in the space.</summary>
    public readonly long Position => (long)(_place >> 24);

    /// <summary>Bytes of the chunk, the two of the count included.</summary>
    public readonly int Length => (int)_place & MaxLength;

    /// <summary>Bytes behind the two of the count.</summary>
    public readonly int BitsLength => Length - ChunkView.MinLength;

    /// <summary>
    /// Where the chunk before ends, or up to a second earlier. It tells a reader whether it may look at that chunk: chunks are freed from the oldest, and one that ends before
    /// the head's least time may be gone.
    /// </summary>
    public readonly long PreviousMaxTime => MinTime - UnpackGap(Gap);

    public void SetPlace(long position, int length) => _place = ((ulong)position << 24) | (uint)length;

    /// <summary>Milliseconds up to 24 days; beyond, whole seconds rounded up, with the top bit set.</summary>
    public static uint PackGap(long gapMs) => gapMs < 1L << 31 ? (uint)gapMs : 0x8000_0000u | (uint)Math.Min((gapMs + 999) / 1000, int.MaxValue);

    private static long UnpackGap(uint gap) => gap < 0x8000_0000u ? gap : (gap & 0x7fff_ffff) * 1000L;
}
