using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Decodes eight XOR chunks at once, one in each lane of a vector. Which bits a sample has is a coin's toss for a branch predictor, and a miss costs as much as four samples;
/// here a step of eight samples is a fixed chain of some 35 cycles without such a branch. Benchmark: <c>XorChunkBenchmarks</c>.
/// </summary>
/// <remarks>
/// Pointers and invariants as in <see cref="XorDecoder"/>: every lane's position is compared with its end before each step, and a step reads less than
/// <see cref="XorDecoder.ReadAhead"/> bytes beyond it whatever the bits are. The first two samples of a chunk and what is left of lanes after whole blocks of eight steps go
/// through <see cref="XorDecoder"/>, which the tests compare with this.
/// </remarks>
[SkipLocalsInit] // the block on the stack is written before it is read
internal static unsafe class XorLanes
{
    /// <summary>Chunks that are decoded together.</summary>
    public const int Count = 8;

    /// <summary>Steps between two stores to the columns.</summary>
    public const int BlockSamples = 8;

    // What says how a value is written: two bits of control, eleven of the place of its significant bits.
    private const ulong HeadBits = 13;

    // Bits a sample below which a chunk is mostly runs of unchanged samples; its first two samples and late ones are in that.
    private const long RunBits = 5;

    /// <summary>Whether this machine has the instructions.</summary>
    public static bool IsSupported => Avx512BW.IsSupported && Avx512CD.IsSupported;

    /// <summary>Decodes one chunk of each lane; false when a chunk does not hold its samples. Nothing that was written then means anything.</summary>
    /// <param name="lanes">As many as <see cref="Count"/>. Their columns then stand behind the samples.</param>
    /// <param name="minTime">Samples before are left out.</param>
    /// <param name="maxTime">Decoding may end at the first sample behind it, which may be among those written.</param>
    public static bool TryDecode(XorLane* lanes, long minTime, long maxTime)
    {
        if (AreMostlyRuns(lanes))
        {
            return TryDecodeAlone(lanes, minTime);
        }

        int shortest = int.MaxValue;
        for (int l = 0; l < Count; l++)
        {
            XorLane* lane = lanes + l;
            if (!XorDecoder.TryBegin(lane->Bits, lane->Length, lane->Count, &lane->Cursor, lane->Times, lane->Values))
            {
                return false;
            }

            int begun = Math.Min(lane->Count, XorDecoder.Begun);
            lane->Count -= begun;
            lane->Keep(begun, minTime);
            shortest = Math.Min(shortest, lane->Count);
        }

        if (shortest > 0 && !DecodeBlocks(lanes, shortest, minTime, maxTime))
        {
            return false;
        }

        for (int l = 0; l < Count; l++)
        {
            XorLane* lane = lanes + l;
            if (lane->Count > 0 && lane->Cursor.Time <= maxTime)
            {
                if (!XorDecoder.TryContinue(&lane->Cursor, lane->Count, lane->Times, lane->Values))
                {
                    return false;
                }

                lane->Keep(lane->Count, minTime);
                lane->Count = 0;
            }
        }

        return true;
    }

    // Series that hardly ever change: two bits a sample, of which the other decoder takes up to 28 samples at a time.
    private static bool AreMostlyRuns(XorLane* lanes)
    {
        int bytes = 0;
        int samples = 0;
        for (int l = 0; l < Count; l++)
        {
            bytes += lanes[l].Length;
            samples += lanes[l].Count;
        }

        return bytes * 8L < samples * RunBits;
    }

    private static bool TryDecodeAlone(XorLane* lanes, long minTime)
    {
        for (int l = 0; l < Count; l++)
        {
            XorLane* lane = lanes + l;
            if (!XorDecoder.TryDecode(lane->Bits, lane->Length, lane->Count, lane->Times, lane->Values))
            {
                return false;
            }

            lane->Keep(lane->Count, minTime);
            lane->Count = 0;
        }

        return true;
    }

    private static bool DecodeBlocks(XorLane* lanes, int samples, long minTime, long maxTime)
    {
        // Vectors that lie across two cache lines cost twice.
        byte* room = stackalloc byte[sizeof(LaneBlock) + Vector512<byte>.Count];
        var block = (LaneBlock*)(((nuint)room + (nuint)Vector512<byte>.Count - 1) & ~((nuint)Vector512<byte>.Count - 1));
        Load(lanes, block);
        bool drops = Vector512.LessThanAny(block->Time.AsInt64(), Vector512.Create(minTime));
        for (int decoded = 0; decoded < samples; decoded += BlockSamples)
        {
            int steps = Math.Min(BlockSamples, samples - decoded);
            int done = 0;
            while (!TryRun(block, steps, ref done))
            {
                if (block->IsInvalid)
                {
                    return false;
                }

                PassSteps(block);
            }

            Transpose((Vector512<ulong>*)block->Times, (byte*)&lanes->Times);
            Transpose((Vector512<ulong>*)block->Values, (byte*)&lanes->Values);
            Advance(lanes, steps, drops, minTime);
            drops = drops && Vector512.LessThanAny(block->Time.AsInt64(), Vector512.Create(minTime));
            if (Vector512.GreaterThanAll(block->Time.AsInt64(), Vector512.Create(maxTime)))
            {
                break;
            }
        }

        Store(lanes, block);
        return Vector512.LessThanOrEqualAll(block->Position, block->End);
    }

    // Makes the steps of a block from one on. Stops, and says false, in front of a step that PassSteps must help over, or where a chunk is invalid. There are no calls in here, so
    // that everything stays in registers.
    private static bool TryRun(LaneBlock* block, int steps, ref int done)
    {
        Vector512<ulong> position = block->Position;
        Vector512<ulong> time = block->Time;
        Vector512<ulong> step = block->Step;
        Vector512<ulong> value = block->Value;
        Vector512<ulong> size = block->Size;
        Vector512<ulong> trailing = block->Trailing;
        Vector512<ulong> window = block->Window;
        Vector512<ulong> next = block->Next;
        Vector512<long> sure = block->Sure;
        Vector512<ulong> invalid = Vector512<ulong>.Zero;
        Vector512<ulong> one = Vector512<ulong>.One;
        Vector512<ulong> all = Vector512.Create(64UL);

        // How long a step is that did not change: a bit, unless the position stands behind it already.
        Vector512<ulong> noChange = block->IsPassed ? Vector512<ulong>.Zero : one;
        int i = done;
        while (i < steps)
        {
            Vector512<ulong> stepBits = noChange;
            Vector512<ulong> newStep = step;
            if ((window & (noChange << 63)).ExtractMostSignificantBits() != 0)
            {
                // The class of the change is the number of leading ones.
                Vector512<ulong> kind = Avx512CD.LeadingZeroCount(~window | Vector512.Create(1UL << 59));
                if (Vector512.EqualsAny(kind, Vector512.Create(4UL)) && Vector512.GreaterThanOrEqualAll(sure, Vector512.Create(4L)))
                {
                    break;
                }

                Vector512<ulong> changeSize = Avx512F.PermuteVar8x64(Vector512.Create(0UL, 14, 17, 20, 0, 0, 0, 0), kind);
                Vector512<ulong> prefix = Avx512F.PermuteVar8x64(Vector512.Create(1UL, 2, 3, 4, 4, 4, 4, 4), kind);
                Vector512<ulong> change = Avx512F.ShiftRightLogicalVariable(Avx512F.ShiftLeftLogicalVariable(window, prefix), all - changeSize);
                Vector512<ulong> range = Avx512F.ShiftLeftLogicalVariable(one, changeSize);

                // The upper bound of a class is half of its range, inclusive.
                newStep += change - (range & Vector512.GreaterThan(change, range >> 1));
                stepBits = prefix + changeSize;
            }

            // The masks have all bits of a lane set: the value changes; and it comes with a new place of its significant bits.
            Vector512<ulong> rest = Avx512F.ShiftLeftLogicalVariable(window, stepBits);
            Vector512<ulong> changes = Vector512.ShiftRightArithmetic(rest.AsInt64(), 63).AsUInt64();
            Vector512<ulong> moves = changes & Vector512.ShiftRightArithmetic((rest << 1).AsInt64(), 63).AsUInt64();
            Vector512<ulong> significant = ((((rest << 7) >> 58) - one) & Vector512.Create(63UL)) + one;
            Vector512<ulong> newSize = Vector512.ConditionalSelect(moves, significant, size);
            Vector512<ulong> header = (moves & Vector512.Create(11UL)) + Vector512.Create(2UL);
            Vector512<ulong> length = Vector512.ConditionalSelect(changes, header + newSize, one) + stepBits;
            Vector512<ulong> bits = Avx512F.ShiftLeftLogicalVariable(rest, header);
            if (Vector512.GreaterThanAny(Vector512.Max(length, stepBits + Vector512.Create(HeadBits)).AsInt64(), sure))
            {
                if (Vector512.GreaterThanOrEqualAny(position, block->End))
                {
                    invalid = Vector512<ulong>.AllBitsSet;
                    break;
                }

                Refill(position, (byte**)block->Addresses, out window, out next);
                sure = Vector512.Create(128L) - (position & Vector512.Create(7UL)).AsInt64();
                continue;
            }

            Vector512<ulong> following = Avx512F.ShiftRightLogicalVariable(next, all - length);
            Vector512<long> left = sure - length.AsInt64();
            if (Vector512.GreaterThanAny(length, all))
            {
                // The sample ends behind the window: its last bits are the first of the next one, and another is loaded for the sample that follows.
                bits |= Avx512F.ShiftRightLogicalVariable(next, all - header - stepBits);
                left = Vector512<long>.Zero;
            }

            Vector512<ulong> newTrailing = all - ((rest << 2) >> 59) - significant;
            invalid |= moves & newTrailing;
            trailing = Vector512.ConditionalSelect(moves, newTrailing, trailing);
            size = newSize;
            bits = Avx512F.ShiftRightLogicalVariable(bits, all - newSize);
            value ^= changes & Avx512F.ShiftLeftLogicalVariable(bits, trailing);
            position += length;
            window = Avx512F.ShiftLeftLogicalVariable(window, length) | following;
            next = Avx512F.ShiftLeftLogicalVariable(next, length);
            sure = left;
            noChange = one;
            step = newStep;
            time += step;
            block->SetSample(i, time, value);
            i++;
        }

        block->Position = position;
        block->Time = time;
        block->Step = step;
        block->Value = value;
        block->Size = size;
        block->Trailing = trailing;
        block->Window = window;
        block->Next = next;
        block->Sure = sure;
        block->IsInvalid = invalid.ExtractMostSignificantBits() != 0;
        block->IsPassed = noChange.ToScalar() == 0;
        done = i;
        return i == steps && !block->IsInvalid;
    }

    private static void Advance(XorLane* lanes, int samples, bool drops, long minTime)
    {
        for (int l = 0; l < Count; l++)
        {
            lanes[l].Count -= samples;
            if (drops)
            {
                lanes[l].Keep(samples, minTime);
            }
            else
            {
                lanes[l].Times += samples;
                lanes[l].Values += samples;
            }
        }
    }

    // A step of some lane changed by more than nine minutes: the lanes go one by one.
    private static void PassSteps(LaneBlock* block)
    {
        ulong* positions = (ulong*)&block->Position;
        long* steps = (long*)&block->Step;
        for (int l = 0; l < Count; l++)
        {
            long bit = (long)(positions[l] & 7);
            XorDecoder.PassStep((byte*)(positions[l] >> 3), ref bit, ref steps[l]);
            positions[l] = (positions[l] & ~7UL) + (ulong)bit;
        }

        block->Sure = Vector512<long>.Zero;
        block->IsPassed = true;
    }

    // The 121 to 128 bits from the position on. Eight plain loads: gather instructions are microcode that takes longer on the machines measured.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the load that all of the step waits for
    private static void Refill(Vector512<ulong> position, byte** addresses, out Vector512<ulong> window, out Vector512<ulong> next)
    {
        (position >> 3).Store((ulong*)addresses);
        Vector512<ulong> even = Join(addresses[0], addresses[2], addresses[4], addresses[6]);
        Vector512<ulong> odd = Join(addresses[1], addresses[3], addresses[5], addresses[7]);
        Vector512<ulong> first = Avx512F.UnpackLow(even, odd);
        Vector512<ulong> second = Avx512F.UnpackHigh(even, odd);
        Vector512<ulong> shift = position & Vector512.Create(7UL);
        window = Avx512F.ShiftLeftLogicalVariable(first, shift) | Avx512F.ShiftRightLogicalVariable(second, Vector512.Create(64UL) - shift);
        next = Avx512F.ShiftLeftLogicalVariable(second, shift);
    }

    // 16 bytes of each, in big-endian halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // of the refill
    private static Vector512<ulong> Join(byte* a, byte* b, byte* c, byte* d)
    {
        Vector256<byte> low = Vector128.Load(a).ToVector256Unsafe().WithUpper(Vector128.Load(b));
        Vector256<byte> high = Vector128.Load(c).ToVector256Unsafe().WithUpper(Vector128.Load(d));
        return Avx512BW.Shuffle(low.ToVector512Unsafe().WithUpper(high), Vector512.Create(BigEndian)).AsUInt64();
    }

    private static ReadOnlySpan<byte> BigEndian =>
    [
        7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8,
        7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8,
    ];

    // Eight rows of a step each become eight samples of a lane each, stored where the lane's pointer at targets says.
    private static void Transpose(Vector512<ulong>* rows, byte* targets)
    {
        Vector512<ulong> even01 = Avx512F.UnpackLow(rows[0], rows[1]);
        Vector512<ulong> odd01 = Avx512F.UnpackHigh(rows[0], rows[1]);
        Vector512<ulong> even23 = Avx512F.UnpackLow(rows[2], rows[3]);
        Vector512<ulong> odd23 = Avx512F.UnpackHigh(rows[2], rows[3]);
        Vector512<ulong> even45 = Avx512F.UnpackLow(rows[4], rows[5]);
        Vector512<ulong> odd45 = Avx512F.UnpackHigh(rows[4], rows[5]);
        Vector512<ulong> even67 = Avx512F.UnpackLow(rows[6], rows[7]);
        Vector512<ulong> odd67 = Avx512F.UnpackHigh(rows[6], rows[7]);
        StoreFour(even01, even23, even45, even67, targets);
        StoreFour(odd01, odd23, odd45, odd67, targets + sizeof(XorLane));
    }

    // Lanes 0, 2, 4 and 6 counted from the target.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // registers in, stores out
    private static void StoreFour(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d, byte* targets)
    {
        const byte Even = 0b10_00_10_00;
        const byte Odd = 0b11_01_11_01;
        Vector512<ulong> evenAb = Avx512F.Shuffle4x128(a, b, Even);
        Vector512<ulong> evenCd = Avx512F.Shuffle4x128(c, d, Even);
        Vector512<ulong> oddAb = Avx512F.Shuffle4x128(a, b, Odd);
        Vector512<ulong> oddCd = Avx512F.Shuffle4x128(c, d, Odd);
        Avx512F.Shuffle4x128(evenAb, evenCd, Even).Store(*(ulong**)targets);
        Avx512F.Shuffle4x128(oddAb, oddCd, Even).Store(*(ulong**)(targets + (2 * sizeof(XorLane))));
        Avx512F.Shuffle4x128(evenAb, evenCd, Odd).Store(*(ulong**)(targets + (4 * sizeof(XorLane))));
        Avx512F.Shuffle4x128(oddAb, oddCd, Odd).Store(*(ulong**)(targets + (6 * sizeof(XorLane))));
    }

    private static void Load(XorLane* lanes, LaneBlock* block)
    {
        *block = default;
        for (int l = 0; l < Count; l++)
        {
            XorCursor* cursor = &lanes[l].Cursor;
            ((ulong*)&block->Position)[l] = ((ulong)cursor->Bits * 8) + (ulong)cursor->Position;
            ((ulong*)&block->End)[l] = ((ulong)cursor->Bits * 8) + (ulong)cursor->End;
            ((long*)&block->Time)[l] = cursor->Time;
            ((long*)&block->Step)[l] = cursor->Step;
            ((ulong*)&block->Value)[l] = cursor->Value;
            ((long*)&block->Size)[l] = 64 - cursor->Leading - cursor->Trailing;
            ((long*)&block->Trailing)[l] = cursor->Trailing;
        }
    }

    private static void Store(XorLane* lanes, LaneBlock* block)
    {
        for (int l = 0; l < Count; l++)
        {
            XorCursor* cursor = &lanes[l].Cursor;
            cursor->Position = (long)(((ulong*)&block->Position)[l] - ((ulong)cursor->Bits * 8));
            cursor->Time = ((long*)&block->Time)[l];
            cursor->Step = ((long*)&block->Step)[l];
            cursor->Value = ((ulong*)&block->Value)[l];
            cursor->Trailing = (int)((long*)&block->Trailing)[l];
            cursor->Leading = 64 - cursor->Trailing - (int)((long*)&block->Size)[l];
        }
    }

    // The state of all lanes, and the samples of a block, a step after the other. Positions are absolute: the address times eight, and the bit.
    private struct LaneBlock
    {
        public Vector512<ulong> Position;
        public Vector512<ulong> End;
        public Vector512<ulong> Time;
        public Vector512<ulong> Step;
        public Vector512<ulong> Value;
        public Vector512<ulong> Size;
        public Vector512<ulong> Trailing;
        public Vector512<ulong> Window;
        public Vector512<ulong> Next;
        public Vector512<long> Sure;
        public fixed ulong Addresses[Count];
        public fixed ulong Times[BlockSamples * Count];
        public fixed ulong Values[BlockSamples * Count];

        /// <summary>The positions stand behind the change of the step already.</summary>
        public bool IsPassed;

        public bool IsInvalid;

        public void SetSample(int step, Vector512<ulong> time, Vector512<ulong> value)
        {
            time.StoreUnsafe(ref Times[step * Count]);
            value.StoreUnsafe(ref Values[step * Count]);
        }
    }
}
