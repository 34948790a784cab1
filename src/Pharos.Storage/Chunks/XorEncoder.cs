using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Encodes samples as one of upstream's XOR chunks, from first to last, for chunks that are written anew when blocks are merged or samples deleted. The head appends sample by
/// sample with an encoder of its own. Format: docs/formats/chunk.md.
/// </summary>
/// <remarks>Pointers: <see cref="MaxBytes"/> bytes are written at most; a sample takes at most 145 bits.</remarks>
internal unsafe struct XorEncoder
{
    /// <summary>Most samples of a chunk.</summary>
    public const int MaxSamples = ushort.MaxValue;

    private const int CountBytes = 2;
    private const int MaxSampleBytes = 19;
    private readonly byte* _start;
    private byte* _next;
    private ulong _pending;
    private int _pendingBits;
    private int _leading;
    private int _trailing;
    private ulong _value;

    private XorEncoder(byte* destination)
    {
        _start = destination;
        _next = destination + CountBytes;
        _leading = byte.MaxValue;
    }

    /// <summary>Room that so many samples need at most.</summary>
    public static int MaxBytes(int samples) => CountBytes + (samples * MaxSampleBytes) + sizeof(ulong);

    /// <summary>Writes the chunk with its count; returns its length in bytes.</summary>
    /// <param name="timestamps">Ascending; 1 to <see cref="MaxSamples"/>.</param>
    /// <param name="values">As many.</param>
    /// <param name="destination">Has room for <see cref="MaxBytes"/>.</param>
    public static int Encode(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, byte* destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, timestamps.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual((timestamps.Length - 1) is >= 0 and < MaxSamples, true, nameof(timestamps));
        var encoder = new XorEncoder(destination);
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(destination, CountBytes), (ushort)timestamps.Length);
        long step = 0;
        for (int i = 0; i < timestamps.Length; i++)
        {
            ulong value = BitConverter.DoubleToUInt64Bits(values[i]);
            if (i == 0)
            {
                encoder.PutUvarint((ulong)((timestamps[0] << 1) ^ (timestamps[0] >> 63)));
                encoder.Put(value, 64);
                encoder._value = value;
                continue;
            }

            long newStep = timestamps[i] - timestamps[i - 1];
            if (i == 1)
            {
                encoder.PutUvarint((ulong)newStep);
            }
            else
            {
                encoder.PutStep(newStep - step);
            }

            step = newStep;
            encoder.PutValue(value);
        }

        return encoder.End();
    }

    private static bool Fits(long change, int bits) => change >= -((1L << (bits - 1)) - 1) && change <= 1L << (bits - 1);

    private void PutStep(long change)
    {
        if (change == 0)
        {
            Put(0, 1);
        }
        else if (Fits(change, 14))
        {
            Put((0b10UL << 14) | ((ulong)change & ((1 << 14) - 1)), 16);
        }
        else if (Fits(change, 17))
        {
            Put((0b110UL << 17) | ((ulong)change & ((1 << 17) - 1)), 20);
        }
        else if (Fits(change, 20))
        {
            Put((0b1110UL << 20) | ((ulong)change & ((1 << 20) - 1)), 24);
        }
        else
        {
            Put(0b1111, 4);
            Put((ulong)change, 64);
        }
    }

    private void PutValue(ulong value)
    {
        ulong difference = value ^ _value;
        _value = value;
        if (difference == 0)
        {
            Put(0, 1);
            return;
        }

        int leading = Math.Min(BitOperations.LeadingZeroCount(difference), 31);
        int trailing = BitOperations.TrailingZeroCount(difference);
        if (leading >= _leading && trailing >= _trailing)
        {
            Put(0b10, 2);
            Put(difference >> _trailing, 64 - _leading - _trailing);
            return;
        }

        _leading = leading;
        _trailing = trailing;
        int significant = 64 - leading - trailing;
        Put((0b11UL << 11) | ((ulong)leading << 6) | ((ulong)significant & 63), 13);
        Put(difference >> trailing, significant);
    }

    private void PutUvarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Put((value & 0x7f) | 0x80, 8);
        }

        Put(value, 8);
    }

    // Bits above the size are zero; the size is 1 to 64.
    private void Put(ulong bits, int size)
    {
        int room = 64 - _pendingBits;
        if (size < room)
        {
            _pending |= bits << (room - size);
            _pendingBits += size;
            return;
        }

        int rest = size - room;
        Store(_pending | (bits >> rest));
        _next += sizeof(ulong);
        _pending = rest == 0 ? 0 : bits << (64 - rest);
        _pendingBits = rest;
    }

    private readonly void Store(ulong word) => Unsafe.WriteUnaligned(_next, BinaryPrimitives.ReverseEndianness(word));

    private readonly int End()
    {
        Store(_pending);
        return (int)(_next - _start) + ((_pendingBits + 7) / 8);
    }
}
