using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Reads bits, the highest of each byte first. Behind the end everything is 0 and <see cref="Failed"/> becomes and stays true, so that callers may look once a sample.
/// Benchmark: <c>HistogramChunkBenchmarks</c>.
/// </summary>
internal ref struct BitReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly long _end;
    private long _position;

    public BitReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _end = (long)bytes.Length * 8;
    }

    /// <summary>Whether something was read that is not there, or does not mean anything.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bits that are left.</summary>
    public readonly long Remaining => _end - _position;

    /// <summary>So many bits, 0 to 64.</summary>
    public ulong Read(int size)
    {
        ulong window = Peek();
        Skip(size);
        return size == 0 ? 0 : window >> (64 - size);
    }

    public bool ReadBit() => Read(1) != 0;

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(Read(64));

    /// <summary>Upstream's varbit integer: 0 is one bit; then up to eight ones tell how many bits follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per bucket and sample, mostly 0
    public long ReadVarbit()
    {
        ulong window = Peek();
        if ((long)window >= 0)
        {
            Skip(1);
            return 0;
        }

        return ReadLongVarbit(window);
    }

    /// <summary>As <see cref="ReadVarbit"/>, for numbers that are never negative.</summary>
    public ulong ReadUnsignedVarbit()
    {
        ulong window = Peek();
        int ones = BitOperations.LeadingZeroCount(~window);
        int size = VarbitClasses.SizeOf(ones);
        if (size == 64)
        {
            Skip(8);
            return Read(64);
        }

        Skip(ones + 1 + size);
        return size == 0 ? 0 : (window << (ones + 1)) >> (64 - size);
    }

    /// <summary>Seven bits a byte, the lowest first; at most ten bytes.</summary>
    public ulong ReadUvarint()
    {
        ulong result = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            ulong part = Read(8);
            result |= (part & 0x7f) << shift;
            if (part < 0x80)
            {
                return result;
            }
        }

        Failed = true;
        return 0;
    }

    public long ReadVarint()
    {
        ulong raw = ReadUvarint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    /// <summary>A value written as the exclusive or with the one before, in the value's last window or in a new one.</summary>
    public void ReadXor(ref ulong value, ref XorWindow window)
    {
        if (!ReadBit())
        {
            return;
        }

        if (ReadBit())
        {
            ReadWindow(ref window);
        }

        ReadSignificant(ref value, window);
    }

    /// <summary>How many leading zeros and significant bits there are.</summary>
    public void ReadWindow(ref XorWindow window)
    {
        int leading = (int)Read(5);
        int significant = (int)Read(6);
        if (significant == 0)
        {
            significant = 64;
        }

        if (leading + significant > 64)
        {
            Failed = true;
            return;
        }

        window = new XorWindow(leading, 64 - leading - significant);
    }

    public void ReadSignificant(ref ulong value, XorWindow window) => value ^= Read(window.Significant) << window.Trailing;

    private long ReadLongVarbit(ulong window)
    {
        int ones = BitOperations.LeadingZeroCount(~window);
        int size = VarbitClasses.SizeOf(ones);
        if (size == 64)
        {
            Skip(8);
            return (long)Read(64);
        }

        Skip(ones + 1 + size);
        long value = (long)((window << (ones + 1)) >> (64 - size));

        // The upper bound of a class is 2^(size-1), inclusive.
        return value > 1L << (size - 1) ? value - (1L << size) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per number
    private void Skip(int bits)
    {
        _position += bits;
        if (_position > _end)
        {
            Failed = true;
            _position = _end;
        }
    }

    // The 64 bits from the position on, zeros behind the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per number
    private readonly ulong Peek()
    {
        int at = (int)(_position >> 3);
        int shift = (int)(_position & 7);
        if (at + 9 > _bytes.Length)
        {
            return PeekAtEnd(at, shift);
        }

        ReadOnlySpan<byte> window = _bytes.Slice(at, 9);
        return (BinaryPrimitives.ReadUInt64BigEndian(window) << shift) | ((uint)window[8] >> (8 - shift));
    }

    private readonly ulong PeekAtEnd(int at, int shift)
    {
        Span<byte> window = stackalloc byte[9];
        window.Clear();
        _bytes[at..].CopyTo(window);
        return (BinaryPrimitives.ReadUInt64BigEndian(window) << shift) | ((uint)window[8] >> (8 - shift));
    }
}
