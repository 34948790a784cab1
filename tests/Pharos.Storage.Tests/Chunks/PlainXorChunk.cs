using System.Numerics;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests.Chunks;

/// <summary>Upstream's XOR chunk written for clarity: a bit at a time. Twin of <c>XorAppender</c> and <c>XorDecoder</c>.</summary>
internal sealed class PlainXorChunk
{
    private readonly List<bool> _bits = [];
    private long _time;
    private long _step;
    private ulong _value;
    private int _leading = -1;
    private int _trailing;

    public int Count { get; private set; }

    public long FirstTime { get; private set; }

    public long LastTime => _time;

    /// <summary>The bits, the last byte filled up with zeros; without the two bytes of the count.</summary>
    public byte[] Bits
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

    public int Bytes => 2 + ((_bits.Count + 7) / 8);

    public void Append(long time, double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        if (Count == 0)
        {
            FirstTime = time;
            PutUvarint((ulong)((time << 1) ^ (time >> 63)));
            Put(bits, 64);
        }
        else
        {
            long step = time - _time;
            if (Count == 1)
            {
                PutUvarint((ulong)step);
            }
            else
            {
                PutStep(step - _step);
            }

            PutValue(bits);
            _step = step;
        }

        _time = time;
        _value = bits;
        Count++;
    }

    /// <summary>The samples of a chunk, or null when it is not valid.</summary>
    public static List<Sample>? Decode(ReadOnlySpan<byte> chunk, int count)
    {
        var reader = new BitReader(chunk);
        var samples = new List<Sample>();
        long time = 0;
        long step = 0;
        ulong value = 0;
        int leading = 0;
        int trailing = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0)
            {
                ulong raw = reader.Uvarint();
                time = (long)(raw >> 1) ^ -(long)(raw & 1);
                value = reader.Read(64);
            }
            else
            {
                step = i == 1 ? (long)reader.Uvarint() : step + reader.Step();
                time += step;
                if (!reader.Value(ref value, ref leading, ref trailing))
                {
                    return null;
                }
            }

            if (reader.Failed)
            {
                return null;
            }

            samples.Add(new Sample(time, BitConverter.UInt64BitsToDouble(value)));
        }

        return samples;
    }

    private void PutStep(long change)
    {
        if (change == 0)
        {
            Put(0, 1);
        }
        else if (change is >= -8191 and <= 8192)
        {
            Put(0b10, 2);
            Put((ulong)change, 14);
        }
        else if (change is >= -65535 and <= 65536)
        {
            Put(0b110, 3);
            Put((ulong)change, 17);
        }
        else if (change is >= -524287 and <= 524288)
        {
            Put(0b1110, 4);
            Put((ulong)change, 20);
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
        if (difference == 0)
        {
            Put(0, 1);
            return;
        }

        Put(1, 1);
        int leading = Math.Min(31, BitOperations.LeadingZeroCount(difference));
        int trailing = BitOperations.TrailingZeroCount(difference);
        if (_leading >= 0 && leading >= _leading && trailing >= _trailing)
        {
            Put(0, 1);
            Put(difference >> _trailing, 64 - _leading - _trailing);
            return;
        }

        _leading = leading;
        _trailing = trailing;
        int significant = 64 - leading - trailing;
        Put(1, 1);
        Put((ulong)leading, 5);
        Put((ulong)significant, 6);
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

    private void Put(ulong value, int size)
    {
        for (int i = size - 1; i >= 0; i--)
        {
            _bits.Add(((value >> i) & 1) != 0);
        }
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        public bool Failed { get; private set; }

        public ulong Read(int size)
        {
            ulong value = 0;
            for (int i = 0; i < size; i++)
            {
                if (_at >= _bytes.Length * 8)
                {
                    Failed = true;
                    return 0;
                }

                value = (value << 1) | (uint)((_bytes[_at / 8] >> (7 - (_at % 8))) & 1);
                _at++;
            }

            return value;
        }

        public ulong Uvarint()
        {
            ulong result = 0;
            for (int shift = 0; shift < 70; shift += 7)
            {
                ulong b = Read(8);
                result |= (b & 0x7f) << shift;
                if (b < 0x80)
                {
                    return result;
                }
            }

            Failed = true;
            return 0;
        }

        public long Step()
        {
            int ones = 0;
            while (ones < 4 && Read(1) == 1)
            {
                ones++;
            }

            int size = ones switch
            {
                0 => 0,
                1 => 14,
                2 => 17,
                3 => 20,
                _ => 64,
            };
            long raw = (long)Read(size);
            return size is > 0 and < 64 && raw > 1L << (size - 1) ? raw - (1L << size) : raw;
        }

        public bool Value(ref ulong value, ref int leading, ref int trailing)
        {
            if (Read(1) == 0)
            {
                return true;
            }

            if (Read(1) == 1)
            {
                leading = (int)Read(5);
                int significant = (int)Read(6);
                trailing = 64 - leading - (significant == 0 ? 64 : significant);
                if (trailing < 0)
                {
                    return false;
                }
            }

            value ^= Read(64 - leading - trailing) << trailing;
            return true;
        }
    }
}
