using System.Runtime.InteropServices;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Chunks;

/// <summary>
/// What the next histogram of an open chunk is encoded against: the layout and the last sample. In native memory, one piece: this head, then the buckets' values, how they
/// changed last (of floats their windows), the custom bounds and the spans. Who allocates it frees it; one writer at a time.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HistogramState
{
    public int Bytes;
    public int Schema;
    public double ZeroThreshold;
    public long Time;
    public long Step;
    public ulong Sum;
    public ulong Count;
    public ulong ZeroCount;
    public long CountStep;
    public long ZeroCountStep;
    public XorWindow SumWindow;
    public XorWindow CountWindow;
    public XorWindow ZeroCountWindow;
    public int PositiveSpans;
    public int NegativeSpans;
    public int PositiveCount;
    public int NegativeCount;
    public int CustomCount;
    public ChunkEncoding Encoding;

    /// <summary>One of <see cref="HistogramChunkHeader"/>.</summary>
    public byte ResetHeader;

    /// <summary>Whether the time to cut the chunk was judged by how fast it grew.</summary>
    public bool HasComputedEnd;

    public readonly bool IsInteger => Encoding == ChunkEncoding.Histogram;

    public readonly bool IsStale => Sum == Staleness.MarkerBits;

    /// <summary>Makes room for the layout of a histogram, in the old piece where that is as large; the content is that of an open chunk without samples.</summary>
    public static HistogramState* Renew(HistogramState* old, HistogramRow row)
    {
        int spans = row.PositiveSpans.Length + row.NegativeSpans.Length;
        int buckets = row.PositiveCount + row.NegativeCount;
        int bytes = checked(sizeof(HistogramState) + (((2 * buckets) + row.CustomValues.Length + spans) * sizeof(long)));
        bool hasComputedEnd = old != null && old->HasComputedEnd;
        HistogramState* state = old;
        if (old == null || old->Bytes < bytes || old->Bytes > 2 * bytes)
        {
            Free(old);
            state = (HistogramState*)NativeMemory.Alloc((nuint)bytes);
        }
        else
        {
            bytes = old->Bytes;
        }

        *state = new HistogramState
        {
            Bytes = bytes,
            Schema = row.Schema,
            ZeroThreshold = row.ZeroThreshold,
            SumWindow = XorWindow.None,
            CountWindow = XorWindow.None,
            ZeroCountWindow = XorWindow.None,
            PositiveSpans = row.PositiveSpans.Length,
            NegativeSpans = row.NegativeSpans.Length,
            PositiveCount = row.PositiveCount,
            NegativeCount = row.NegativeCount,
            CustomCount = row.CustomValues.Length,
            Encoding = row.Encoding,
            HasComputedEnd = hasComputedEnd,
        };
        Changes(state).Fill(row.IsInteger ? 0 : XorWindow.None.Packed);
        row.CustomValues.CopyTo(Bounds(state));
        row.PositiveSpans.CopyTo(Positive(state));
        row.NegativeSpans.CopyTo(Negative(state));
        return state;
    }

    public static void Free(HistogramState* state) => NativeMemory.Free(state);

    /// <summary>Differences of integers or bits of floats; positive buckets, then negative ones.</summary>
    public static Span<long> Values(HistogramState* state) => new(state + 1, state->PositiveCount + state->NegativeCount);

    /// <summary>Of integers how they changed last, of floats their windows.</summary>
    public static Span<long> Changes(HistogramState* state)
    {
        int buckets = state->PositiveCount + state->NegativeCount;
        return new Span<long>((long*)(state + 1) + buckets, buckets);
    }

    public static Span<double> Bounds(HistogramState* state) => new((long*)(state + 1) + (2 * (state->PositiveCount + state->NegativeCount)), state->CustomCount);

    public static Span<BucketSpan> Positive(HistogramState* state) => new(SpansOf(state), state->PositiveSpans);

    public static Span<BucketSpan> Negative(HistogramState* state) => new(SpansOf(state) + state->PositiveSpans, state->NegativeSpans);

    private static BucketSpan* SpansOf(HistogramState* state) =>
        (BucketSpan*)((long*)(state + 1) + (2 * (state->PositiveCount + state->NegativeCount)) + state->CustomCount);
}
