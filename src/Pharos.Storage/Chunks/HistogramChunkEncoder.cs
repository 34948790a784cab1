using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Encodes native histograms into upstream's bits, a sample at a time, against a <see cref="HistogramState"/>. Who calls puts the bits where the chunk is. Not thread-safe.
/// Format: docs/formats/chunk.md. Benchmark: <c>HistogramChunkBenchmarks</c>.
/// </summary>
internal static unsafe class HistogramChunkEncoder
{
    /// <summary>Writes the byte of the reset header, the layout and the first sample of a chunk. The state is made anew, or reused.</summary>
    public static void Begin(BitWriter bits, ref HistogramState* state, HistogramRow row, long time, byte resetHeader)
    {
        state = HistogramState.Renew(state, row);
        state->ResetHeader = resetHeader;
        state->Time = time;
        state->Sum = row.Sum;
        state->Count = row.Count;
        state->ZeroCount = row.ZeroCount;
        bits.Put(resetHeader, 8);
        HistogramChunkLayout.Write(bits, row.Schema, row.ZeroThreshold, row.PositiveSpans.AsSpan(), row.NegativeSpans.AsSpan(), row.CustomValues.AsSpan());
        bits.PutVarbit(time);
        if (row.IsInteger)
        {
            bits.PutUnsignedVarbit(row.Count);
            bits.PutUnsignedVarbit(row.ZeroCount);
        }
        else
        {
            bits.Put(row.Count, 64);
            bits.Put(row.ZeroCount, 64);
        }

        bits.Put(row.Sum, 64);
        ReadOnlySpan<long> values = row.Values;
        values.CopyTo(HistogramState.Values(state));
        foreach (long value in values)
        {
            if (row.IsInteger)
            {
                bits.PutVarbit(value);
            }
            else
            {
                bits.Put((ulong)value, 64);
            }
        }
    }

    /// <summary>Writes one sample more, which has the chunk's layout or is a staleness marker.</summary>
    public static void Continue(BitWriter bits, HistogramState* state, HistogramRow row, long time)
    {
        long step = time - state->Time;
        bits.PutVarbit(unchecked(step - state->Step));
        state->Step = step;
        state->Time = time;
        if (row.IsInteger)
        {
            PutIntegers(bits, state, row);
        }
        else
        {
            PutFloats(bits, state, row);
        }

        state->Sum = row.Sum;
        state->Count = row.Count;
        state->ZeroCount = row.ZeroCount;
    }

    /// <summary>Whether the next histogram of the same kind may go on in the chunk, by upstream's rules.</summary>
    public static HistogramFit Check(HistogramState* state, HistogramRow row)
    {
        bool isGauge = state->ResetHeader == HistogramChunkHeader.Gauge;
        if (isGauge != row.IsGauge)
        {
            return HistogramFit.No(row.IsGauge ? HistogramChunkHeader.Gauge : HistogramChunkHeader.NotReset);
        }

        if (row.Hint == CounterResetHint.Reset)
        {
            return HistogramFit.No(HistogramChunkHeader.Reset);
        }

        byte same = isGauge ? HistogramChunkHeader.Gauge : HistogramChunkHeader.NotReset;
        if (row.IsStale)
        {
            return new HistogramFit(IsOk: true, same);
        }

        // Behind a staleness marker there are only others.
        if (state->IsStale)
        {
            return HistogramFit.No(isGauge ? same : HistogramChunkHeader.Unknown);
        }

        return isGauge ? CheckGauge(state, row) : CheckCounter(state, row);
    }

    /// <summary>Gives the histogram the empty buckets that it lacks, so that it has all that the chunk has.</summary>
    public static void Widen(HistogramState* state, HistogramRow row, in HistogramFit fit)
    {
        if (!fit.Both.IsSampleNarrow)
        {
            return;
        }

        // A counter that brings no new buckets takes the chunk's spans as they are, so that these stay.
        bool takesAll = !row.IsGauge && !fit.Both.IsChunkNarrow;
        ImmutableArray<BucketSpan> positive = takesAll ? [.. HistogramState.Positive(state)]
            : row.IsGauge || fit.Positive.IsSampleNarrow ? BucketMerge.Union(HistogramState.Positive(state), row.PositiveSpans.AsSpan())
            : row.PositiveSpans;
        ImmutableArray<BucketSpan> negative = takesAll ? [.. HistogramState.Negative(state)]
            : row.IsGauge || fit.Negative.IsSampleNarrow ? BucketMerge.Union(HistogramState.Negative(state), row.NegativeSpans.AsSpan())
            : row.NegativeSpans;
        row.Widen(positive, negative);
    }

    /// <summary>Whether the histogram is the very one that the chunk ends with.</summary>
    public static bool IsLast(HistogramState* state, HistogramRow row)
    {
        if (state->Encoding != row.Encoding || state->Sum != row.Sum)
        {
            return false;
        }

        if (row.IsStale)
        {
            return true;
        }

        return state->Schema == row.Schema
            && state->ZeroThreshold == row.ZeroThreshold
            && state->Count == row.Count
            && state->ZeroCount == row.ZeroCount
            && HistogramState.Values(state).SequenceEqual(row.Values)
            && HistogramState.Bounds(state).SequenceEqual(row.CustomValues.AsSpan())
            && BucketMerge.Compare(HistogramState.Positive(state), row.PositiveSpans.AsSpan()) == default
            && BucketMerge.Compare(HistogramState.Negative(state), row.NegativeSpans.AsSpan()) == default;
    }

    private static HistogramFit CheckGauge(HistogramState* state, HistogramRow row)
    {
        if (row.Schema != state->Schema || row.ZeroThreshold != state->ZeroThreshold || !HaveSameBounds(state, row))
        {
            return HistogramFit.No(HistogramChunkHeader.Gauge);
        }

        return new HistogramFit(
            IsOk: true,
            HistogramChunkHeader.Gauge,
            BucketMerge.Compare(HistogramState.Positive(state), row.PositiveSpans.AsSpan()),
            BucketMerge.Compare(HistogramState.Negative(state), row.NegativeSpans.AsSpan()));
    }

    private static HistogramFit CheckCounter(HistogramState* state, HistogramRow row)
    {
        if (IsLess(row.Count, state->Count, row.IsInteger))
        {
            return HistogramFit.No(HistogramChunkHeader.Reset);
        }

        if (row.Schema != state->Schema || row.ZeroThreshold != state->ZeroThreshold)
        {
            return HistogramFit.No(HistogramChunkHeader.Unknown);
        }

        Span<long> values = HistogramState.Values(state);
        if (!HaveSameBounds(state, row)
            || IsLess(row.ZeroCount, state->ZeroCount, row.IsInteger)
            || !BucketMerge.TryFollow(
                HistogramState.Positive(state), values[..state->PositiveCount], row.PositiveSpans.AsSpan(), row.Positive, row.IsInteger, out BucketFit positive)
            || !BucketMerge.TryFollow(
                HistogramState.Negative(state), values[state->PositiveCount..], row.NegativeSpans.AsSpan(), row.Negative, row.IsInteger, out BucketFit negative))
        {
            return HistogramFit.No(HistogramChunkHeader.Reset);
        }

        return new HistogramFit(IsOk: true, HistogramChunkHeader.NotReset, positive, negative);
    }

    private static bool HaveSameBounds(HistogramState* state, HistogramRow row) =>
        row.Schema != FloatHistogram.CustomBucketsSchema || HistogramState.Bounds(state).SequenceEqual(row.CustomValues.AsSpan());

    private static bool IsLess(ulong count, ulong before, bool isInteger) =>
        isInteger ? count < before : BitConverter.UInt64BitsToDouble(count) < BitConverter.UInt64BitsToDouble(before);

    private static void PutIntegers(BitWriter bits, HistogramState* state, HistogramRow row)
    {
        long countStep = unchecked((long)(row.Count - state->Count));
        long zeroStep = unchecked((long)(row.ZeroCount - state->ZeroCount));
        bits.PutVarbit(row.IsStale ? 0 : unchecked(countStep - state->CountStep));
        bits.PutVarbit(row.IsStale ? 0 : unchecked(zeroStep - state->ZeroCountStep));
        state->CountStep = countStep;
        state->ZeroCountStep = zeroStep;
        state->SumWindow = bits.PutXor(row.Sum, state->Sum, state->SumWindow);
        ReadOnlySpan<long> now = row.Values;
        Span<long> values = HistogramState.Values(state);
        Span<long> changes = HistogramState.Changes(state);
        for (int i = 0; i < now.Length; i++)
        {
            long change = unchecked(now[i] - values[i]);
            bits.PutVarbit(unchecked(change - changes[i]));
            changes[i] = change;
            values[i] = now[i];
        }
    }

    private static void PutFloats(BitWriter bits, HistogramState* state, HistogramRow row)
    {
        state->CountWindow = bits.PutXor(row.Count, state->Count, state->CountWindow);
        state->ZeroCountWindow = bits.PutXor(row.ZeroCount, state->ZeroCount, state->ZeroCountWindow);
        state->SumWindow = bits.PutXor(row.Sum, state->Sum, state->SumWindow);
        ReadOnlySpan<long> now = row.Values;
        Span<long> values = HistogramState.Values(state);
        Span<long> windows = HistogramState.Changes(state);
        for (int i = 0; i < now.Length; i++)
        {
            windows[i] = bits.PutXor((ulong)now[i], (ulong)values[i], XorWindow.Unpack(windows[i])).Packed;
            values[i] = now[i];
        }
    }
}
