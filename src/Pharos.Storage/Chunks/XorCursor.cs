using System.Runtime.InteropServices;

namespace Pharos.Storage.Chunks;

/// <summary>Where a decoder stands within a chunk: behind a sample, with what the next one builds upon.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XorCursor
{
    /// <summary>What follows the two bytes of the sample count; <see cref="XorDecoder.ReadAhead"/> bytes behind the chunk are readable.</summary>
    public byte* Bits;

    /// <summary>Bits of the chunk.</summary>
    public long End;

    /// <summary>The bit at which the next sample begins.</summary>
    public long Position;

    /// <summary>Milliseconds.</summary>
    public long Time;

    /// <summary>The last step, milliseconds.</summary>
    public long Step;

    /// <summary>The last value, as bits.</summary>
    public ulong Value;

    /// <summary>Leading zeros of the last value window.</summary>
    public int Leading;

    /// <summary>Trailing zeros of the last value window.</summary>
    public int Trailing;
}
