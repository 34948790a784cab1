using System.Runtime.InteropServices;

namespace Pharos.Storage.Chunks;

/// <summary>One of the chunks that <see cref="XorLanes"/> decodes together, and the columns that its samples go to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XorLane
{
    /// <summary>What follows the two bytes of the sample count; <see cref="XorDecoder.ReadAhead"/> bytes behind the chunk are readable.</summary>
    public byte* Bits;

    /// <summary>Bytes at <see cref="Bits"/>.</summary>
    public int Length;

    /// <summary>Samples of the chunk, at least 1; afterwards those that were not decoded, because they lie behind the wanted time.</summary>
    public int Count;

    /// <summary>Where the next timestamp goes. There is room for all samples and <see cref="XorLanes.BlockSamples"/> more.</summary>
    public long* Times;

    /// <summary>Where the next value goes, with the same room.</summary>
    public double* Values;

    /// <summary>The decoder's place.</summary>
    public XorCursor Cursor;

    /// <summary>Takes in samples that stand at <see cref="Times"/>: those before a time are removed, the others moved up.</summary>
    public void Keep(int count, long minTime)
    {
        int early = 0;
        while (early < count && Times[early] < minTime)
        {
            early++;
        }

        int kept = count - early;
        if (early > 0 && kept > 0)
        {
            new Span<long>(Times + early, kept).CopyTo(new Span<long>(Times, kept));
            new Span<double>(Values + early, kept).CopyTo(new Span<double>(Values, kept));
        }

        Times += kept;
        Values += kept;
    }
}
