using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Decodes the bits of upstream's XOR chunks: per sample one load of 64 bits at the bit position, from which classes and, mostly, the value are cut.
/// Benchmark: <c>XorChunkBenchmarks</c>. Format: docs/formats/chunk.md.
/// </summary>
/// <remarks>
/// Pointers, because bounds checks double the time. Invariants: the position is compared with the end before each sample, and one sample takes at most
/// <see cref="MaxSampleBits"/> bits, so that reads stay within <see cref="ReadAhead"/> bytes of the end whatever the bits are; the caller guarantees that so much is readable.
/// Exactly <c>count</c> places of the outputs are written. The plain twin <c>PlainXorChunk</c> runs on the same inputs in the tests.
/// </remarks>
internal static unsafe class XorDecoder
{
    /// <summary>Bytes behind the last one that must be readable.</summary>
    public const int ReadAhead = 64;

    /// <summary>Samples that <see cref="TryBegin"/> decodes of a chunk that has so many.</summary>
    public const int Begun = 2;

    private const int MaxSampleBits = 4 + 64 + 13 + 64;

    /// <summary>Decodes all samples; false when the bits do not hold so many.</summary>
    /// <param name="bits">What follows the two bytes of the sample count.</param>
    /// <param name="length">Bytes at <paramref name="bits"/>.</param>
    /// <param name="count">Samples.</param>
    /// <param name="timestamps">Room for the timestamps.</param>
    /// <param name="values">Room for the values.</param>
    public static bool TryDecode(byte* bits, int length, int count, long* timestamps, double* values)
    {
        if (count == 0)
        {
            return true;
        }

        XorCursor cursor;
        if (!TryBegin(bits, length, count, &cursor, timestamps, values))
        {
            return false;
        }

        int begun = Math.Min(count, Begun);
        return TryContinue(&cursor, count - begun, timestamps + begun, values + begun);
    }

    /// <summary>Decodes the first two samples, which are written unlike the others, or the one that there is; false when the bits do not hold them.</summary>
    /// <param name="bits">What follows the two bytes of the sample count.</param>
    /// <param name="length">Bytes at <paramref name="bits"/>.</param>
    /// <param name="count">Samples of the chunk, at least 1.</param>
    /// <param name="cursor">Set to stand behind them.</param>
    /// <param name="timestamps">Room for the timestamps.</param>
    /// <param name="values">Room for the values.</param>
    public static bool TryBegin(byte* bits, int length, int count, XorCursor* cursor, long* timestamps, double* values)
    {
        long end = (long)length * 8;
        long position = 0;
        long time = ReadVarint(bits, ref position, end);
        if (position < 0 || position + 64 > end)
        {
            return false;
        }

        ulong value = ReadBits(bits, position, 64);
        position += 64;
        timestamps[0] = time;
        values[0] = BitConverter.UInt64BitsToDouble(value);
        long step = 0;
        int leading = 0;
        int trailing = 0;
        if (count > 1)
        {
            step = (long)ReadUvarint(bits, ref position, end);
            if (position < 0)
            {
                return false;
            }

            time += step;
            if (!ReadValue(bits, Peek(bits, position), 57, ref position, ref value, ref leading, ref trailing) || position > end)
            {
                return false;
            }

            timestamps[1] = time;
            values[1] = BitConverter.UInt64BitsToDouble(value);
        }

        *cursor = new XorCursor { Bits = bits, End = end, Position = position, Time = time, Step = step, Value = value, Leading = leading, Trailing = trailing };
        return true;
    }

    /// <summary>Decodes so many samples more; false when the bits do not hold them.</summary>
    public static bool TryContinue(XorCursor* cursor, int count, long* timestamps, double* values)
    {
        byte* bits = cursor->Bits;
        long end = cursor->End;
        long position = cursor->Position;
        long time = cursor->Time;
        long delta = cursor->Step;
        ulong value = cursor->Value;
        int leading = cursor->Leading;
        int trailing = cursor->Trailing;
        double number = BitConverter.UInt64BitsToDouble(value);
        int i = 0;
        while (i < count)
        {
            if (position >= end)
            {
                return false;
            }

            ulong window = Peek(bits, position);
            if (window >> 62 == 0)
            {
                // Two zero bits say: the same step, the same value. Take all that stand in the 57 bits that are sure.
                int run = Math.Min(BitOperations.LeadingZeroCount(window | (1UL << 7)) >> 1, count - i);
                for (int k = 0; k < run; k++)
                {
                    time += delta;
                    timestamps[i + k] = time;
                    values[i + k] = number;
                }

                i += run;
                position += 2 * run;
                continue;
            }

            int used = ReadStep(bits, ref window, ref position, ref delta);
            time += delta;
            timestamps[i] = time;
            if ((long)window >= 0)
            {
                position++;
            }
            else
            {
                if (!ReadValue(bits, window, 57 - used, ref position, ref value, ref leading, ref trailing))
                {
                    return false;
                }

                number = BitConverter.UInt64BitsToDouble(value);
            }

            values[i++] = number;
        }

        *cursor = new XorCursor { Bits = bits, End = end, Position = position, Time = time, Step = delta, Value = value, Leading = leading, Trailing = trailing };
        return position <= end;
    }

    /// <summary>
    /// Moves behind the change of the step, which stands at the position; returns the 64 bits from there on, the first 56 sure. For decoders of several chunks at once.
    /// </summary>
    public static ulong PassStep(byte* bits, ref long position, ref long step)
    {
        ulong window = Peek(bits, position);
        ReadStep(bits, ref window, ref position, ref step);
        return Peek(bits, position);
    }

    // Moves the window and the position behind the change of the step; says how many sure bits of the window that took.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per sample, with locals in registers
    private static int ReadStep(byte* bits, ref ulong window, ref long position, ref long delta)
    {
        int used;
        if ((long)window >= 0)
        {
            used = 1;
        }
        else if (window >> 62 == 0b10)
        {
            delta += Signed((long)((window << 2) >> 50), 14);
            used = 16;
        }
        else if (window >> 61 == 0b110)
        {
            delta += Signed((long)((window << 3) >> 47), 17);
            used = 20;
        }
        else if (window >> 60 == 0b1110)
        {
            delta += Signed((long)((window << 4) >> 44), 20);
            used = 24;
        }
        else
        {
            delta += (long)ReadBits(bits, position + 4, 64);
            position += 68;
            window = Peek(bits, position);
            return 0;
        }

        window <<= used;
        position += used;
        return used;
    }

    // The upper bound of a class is 2^(n-1), inclusive.
    private static long Signed(long raw, int size) => raw > 1L << (size - 1) ? raw - (1L << size) : raw;

    // The window starts at the position and has so many sure bits, at least 33.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per sample
    private static bool ReadValue(byte* bits, ulong window, int sure, ref long position, ref ulong value, ref int leading, ref int trailing)
    {
        int header;
        if ((long)window >= 0)
        {
            position++;
            return true;
        }

        if (window >> 62 == 0b10)
        {
            header = 2;
        }
        else
        {
            header = 13;
            leading = (int)((window << 2) >> 59);
            int significant = (int)((window << 7) >> 58);
            trailing = 64 - leading - (significant == 0 ? 64 : significant);
            if (trailing < 0)
            {
                return false;
            }
        }

        int size = 64 - leading - trailing;
        ulong difference = size <= sure - header ? (window << header) >> (64 - size) : ReadBits(bits, position + header, size);
        position += header + size;
        value ^= difference << trailing;
        return true;
    }

    // 64 bits from the position on, of which the first 57 are sure.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the load that everything above waits for
    private static ulong Peek(byte* bits, long position) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(bits + (position >> 3))) << (int)(position & 7);

    private static ulong ReadBits(byte* bits, long position, int size)
    {
        ulong window = Peek(bits, position);
        int shift = (int)(position & 7);
        if (shift > 0)
        {
            window |= (ulong)bits[(position >> 3) + 8] >> (8 - shift);
        }

        return window >> (64 - size);
    }

    private static long ReadVarint(byte* bits, ref long position, long end)
    {
        ulong raw = ReadUvarint(bits, ref position, end);
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    // A negative position says that the number does not end.
    private static ulong ReadUvarint(byte* bits, ref long position, long end)
    {
        ulong result = 0;
        for (int shift = 0; shift < 70 && position + 8 <= end; shift += 7)
        {
            ulong b = ReadBits(bits, position, 8);
            position += 8;
            result |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                return result;
            }
        }

        position = -1;
        return 0;
    }
}
