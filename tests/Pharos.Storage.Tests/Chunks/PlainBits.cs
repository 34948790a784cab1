using System.Numerics;

namespace Pharos.Storage.Tests.Chunks;

/// <summary>Bits written one at a time, with upstream's number encodings as its documents describe them. Twin of <c>BitWriter</c>.</summary>
internal sealed class PlainBits
{
    private readonly List<bool> _bits = [];

    public byte[] Bytes
    {
        get
        {
            byte[] bytes = new byte[(_bits.Count + 7) / 8];
            for (int i = 0; i < _bits.Count; i++)
            {
                bytes[i / 8] |= (byte)((_bits[i] ? 1 : 0) << (7 - (i % 8)));
            }

            return bytes;
        }
    }

    public void Put(string bits)
    {
        foreach (char bit in bits)
        {
            _bits.Add(bit == '1');
        }
    }

    public void Put(ulong value, int size)
    {
        for (int i = size - 1; i >= 0; i--)
        {
            _bits.Add(((value >> i) & 1) != 0);
        }
    }

    public void Put(double value) => Put(BitConverter.DoubleToUInt64Bits(value), 64);

    public void Varbit(long value)
    {
        (string Prefix, int Size)[] classes = [("10", 3), ("110", 6), ("1110", 9), ("11110", 12), ("111110", 18), ("1111110", 25), ("11111110", 56)];
        if (value == 0)
        {
            Put("0");
            return;
        }

        foreach ((string prefix, int size) in classes)
        {
            if (value >= 1 - (1L << (size - 1)) && value <= 1L << (size - 1))
            {
                Put(prefix);
                Put((ulong)value, size);
                return;
            }
        }

        Put("11111111");
        Put((ulong)value, 64);
    }

    public void UnsignedVarbit(ulong value)
    {
        (string Prefix, int Size)[] classes = [("10", 3), ("110", 6), ("1110", 9), ("11110", 12), ("111110", 18), ("1111110", 25), ("11111110", 56)];
        if (value == 0)
        {
            Put("0");
            return;
        }

        foreach ((string prefix, int size) in classes)
        {
            if (value < 1UL << size)
            {
                Put(prefix);
                Put(value, size);
                return;
            }
        }

        Put("11111111");
        Put(value, 64);
    }

    public void Varint(long value) => Uvarint((ulong)((value << 1) ^ (value >> 63)));

    public void Uvarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Put((value & 0x7f) | 0x80, 8);
        }

        Put(value, 8);
    }

    /// <summary>The value as the difference from the one before; leading is negative while there is no window.</summary>
    public void Xor(double value, double before, ref int leading, ref int trailing)
    {
        ulong difference = BitConverter.DoubleToUInt64Bits(value) ^ BitConverter.DoubleToUInt64Bits(before);
        if (difference == 0)
        {
            Put("0");
            return;
        }

        Put("1");
        PutDifference(difference, ref leading, ref trailing);
    }

    /// <summary>0 and the significant bits in the window, or 1 and a new window.</summary>
    public void PutDifference(ulong difference, ref int leading, ref int trailing)
    {
        int newLeading = Math.Min(BitOperations.LeadingZeroCount(difference), 31);
        int newTrailing = BitOperations.TrailingZeroCount(difference);
        if (leading >= 0 && newLeading >= leading && newTrailing >= trailing)
        {
            Put("0");
        }
        else
        {
            leading = newLeading;
            trailing = newTrailing;
            Put("1");
            Put((ulong)leading, 5);
            Put((ulong)((64 - leading - trailing) % 64), 6);
        }

        Put(difference >> trailing, 64 - leading - trailing);
    }
}
