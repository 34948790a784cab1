using System.Runtime.InteropServices;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Head;

/// <summary>
/// All that an append or an instant query touches of a series: one cache line. Written under the commit lock only; read by others inside the gate, or field by field where a torn
/// view does no harm (<see cref="Time"/> alone, <see cref="State"/> alone).
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal unsafe struct HotLine
{
    public const int Bytes = 64;

    /// <summary>Newest timestamp, milliseconds; <see cref="long.MinValue"/> while there is no sample.</summary>
    public long Time;

    /// <summary>Newest value, as bits; of a histogram its sum.</summary>
    public ulong Value;

    /// <summary>Bits of the open chunk that are not in a block yet, from the top.</summary>
    public ulong Pending;

    /// <summary>Second half of the identity.</summary>
    public ulong Identity;

    /// <summary>First timestamp of the open chunk; <see cref="long.MaxValue"/> when there are closed ones only.</summary>
    public long FirstTime;

    /// <summary>Newest block of the open chunk; 0: none.</summary>
    public uint Block;

    /// <summary>Newest closed chunk, in units of the arena; 0: none.</summary>
    public uint Closed;

    /// <summary>The last step, milliseconds: a chunk spans less than 4 hours.</summary>
    public int Step;

    /// <summary>Where the open chunk is cut, milliseconds after <see cref="FirstTime"/>.</summary>
    public int CutAfter;

    /// <summary>Whole words of the open chunk, in blocks.</summary>
    public ushort Words;

    /// <summary>Samples in the open chunk; 0 while the series has none at all, or none after the closed chunks that were found at start.</summary>
    public ushort Count;

    /// <summary>Bits in <see cref="Pending"/>, 0 to 63.</summary>
    public byte PendingBits;

    /// <summary>Leading zeros of the last value window; 255: none yet. While the chunk holds histograms: its <see cref="OpenEncoding"/>.</summary>
    public byte Leading;

    /// <summary>Trailing zeros of the last value window.</summary>
    public byte Trailing;

    /// <summary>Whether the series lives.</summary>
    public SeriesState State;

    /// <summary>How the samples of the open chunk are encoded.</summary>
    public readonly ChunkEncoding OpenEncoding => State == SeriesState.HoldsHistograms ? (ChunkEncoding)Leading : ChunkEncoding.Xor;

    /// <summary>Whether the series takes samples, of either kind.</summary>
    public readonly bool IsAlive => ((byte)State & (byte)SeriesState.Alive) != 0;

    /// <summary>Bytes of the open chunk as upstream counts them, the sample count's two included.</summary>
    public readonly int ChunkBytes => 2 + (Words * 8) + ((PendingBits + 7) / 8);
}
