using System.Buffers.Binary;
using System.Numerics;

namespace Pharos.Storage.Chunks;

/// <summary>Gathers bits, the highest of each byte first. Reused; not thread-safe.</summary>
internal sealed class BitWriter
{
    private ulong[] _words = new ulong[64];
    private int _count;
    private ulong _pending;
    private int _pendingBits;

    /// <summary>All bits.</summary>
    public long Bits => ((long)_count * 64) + _pendingBits;

    /// <summary>Bytes that the bits take, the last one filled up with zeros.</summary>
    public int Length => (int)((Bits + 7) / 8);

    /// <summary>The whole words, the first bit highest.</summary>
    public ReadOnlySpan<ulong> Words => _words.AsSpan(0, _count);

    /// <summary>What follows the whole words, from the top.</summary>
    public ulong Pending => _pending;

    /// <summary>Bits in <see cref="Pending"/>, 0 to 63.</summary>
    public int PendingBits => _pendingBits;

    public void Clear()
    {
        _count = 0;
        _pending = 0;
        _pendingBits = 0;
    }

    /// <summary>Puts the lowest bits of a number; size is 1 to 64.</summary>
    public void Put(ulong bits, int size)
    {
        if (size < 64)
        {
            bits &= (1UL << size) - 1;
        }

        int room = 64 - _pendingBits;
        if (size < room)
        {
            _pending |= bits << (room - size);
            _pendingBits += size;
            return;
        }

        int rest = size - room;
        if (_count == _words.Length)
        {
            Array.Resize(ref _words, _count * 2);
        }

        _words[_count++] = _pending | (bits >> rest);
        _pending = rest == 0 ? 0 : bits << (64 - rest);
        _pendingBits = rest;
    }

    /// <summary>Upstream's varbit integer, see <see cref="BitReader.ReadVarbit"/>.</summary>
    public void PutVarbit(long value)
    {
        if (value == 0)
        {
            Put(0, 1);
            return;
        }

        // The upper bound of a class is 2^(size-1), inclusive, the lower one is exclusive.
        for (int ones = 1; ones < 8; ones++)
        {
            int size = VarbitClasses.SizeOf(ones);
            if (value <= 1L << (size - 1) && value > -(1L << (size - 1)))
            {
                PutClass(ones, size, (ulong)value);
                return;
            }
        }

        Put(0xff, 8);
        Put((ulong)value, 64);
    }

    /// <summary>As <see cref="PutVarbit"/>, for numbers that are never negative.</summary>
    public void PutUnsignedVarbit(ulong value)
    {
        if (value == 0)
        {
            Put(0, 1);
            return;
        }

        int needed = 64 - BitOperations.LeadingZeroCount(value);
        for (int ones = 1; ones < 8; ones++)
        {
            int size = VarbitClasses.SizeOf(ones);
            if (needed <= size)
            {
                PutClass(ones, size, value);
                return;
            }
        }

        Put(0xff, 8);
        Put(value, 64);
    }

    /// <summary>A value as the exclusive or with the one before; returns the window that it was written in.</summary>
    public XorWindow PutXor(ulong value, ulong before, XorWindow window)
    {
        ulong difference = value ^ before;
        if (difference == 0)
        {
            Put(0, 1);
            return window;
        }

        int leading = Math.Min(BitOperations.LeadingZeroCount(difference), 31);
        int trailing = BitOperations.TrailingZeroCount(difference);
        if (leading >= window.Leading && trailing >= window.Trailing)
        {
            Put(0b10, 2);
            Put(difference >> window.Trailing, window.Significant);
            return window;
        }

        var next = new XorWindow(leading, trailing);
        Put((0b11UL << 11) | ((ulong)leading << 6) | ((ulong)next.Significant & 63), 13);
        Put(difference >> trailing, next.Significant);
        return next;
    }

    /// <summary>Copies the bits, the last byte filled up with zeros; returns how many bytes.</summary>
    public int CopyTo(Span<byte> destination)
    {
        for (int i = 0; i < _count; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination[(i * 8)..], _words[i]);
        }

        int at = _count * 8;
        ulong rest = _pending;
        for (int bits = _pendingBits; bits > 0; bits -= 8)
        {
            destination[at++] = (byte)(rest >> 56);
            rest <<= 8;
        }

        return at;
    }

    // A prefix of ones and a zero, and the lowest bits of the value: 64 bits at most.
    private void PutClass(int ones, int size, ulong value)
    {
        ulong prefix = (1UL << (ones + 1)) - 2;
        Put((prefix << size) | (value & ((1UL << size) - 1)), ones + 1 + size);
    }
}
