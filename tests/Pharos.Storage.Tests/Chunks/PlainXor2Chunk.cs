using System.Numerics;
using Pharos.Core.Samples;

namespace Pharos.Storage.Tests.Chunks;

/// <summary>Encodes floats as upstream's XOR2 chunk, a bit at a time. Twin of <c>Xor2Decoder</c>.</summary>
internal static class PlainXor2Chunk
{
    public static byte[] Encode(IReadOnlyList<(long Time, long Start, double Value)> samples)
    {
        var bits = new PlainBits();
        var starts = new PlainStartTimes();
        double baseline = 0;
        long step = 0;
        int leading = -1;
        int trailing = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            (long time, long start, double value) = samples[i];
            long before = i == 0 ? 0 : samples[i - 1].Time;
            ulong difference = BitConverter.DoubleToUInt64Bits(value) ^ BitConverter.DoubleToUInt64Bits(baseline);
            if (i == 0)
            {
                bits.Varint(time);
                bits.Put(value);
            }
            else if (i == 1)
            {
                step = time - before;
                bits.Uvarint((ulong)step);
                Value(bits, value, difference, ref leading, ref trailing);
            }
            else
            {
                long change = time - before - step;
                step += change;
                Joint(bits, change, value, difference, ref leading, ref trailing);
            }

            starts.Put(bits, i, time, before, start);
            baseline = Staleness.IsMarker(value) ? baseline : value;
        }

        return [(byte)(samples.Count >> 8), (byte)samples.Count, starts.Header, .. bits.Bytes];
    }

    private static void Joint(PlainBits bits, long change, double value, ulong difference, ref int leading, ref int trailing)
    {
        if (change != 0)
        {
            (string prefix, int size) = change is >= -4096 and <= 4095 ? ("110", 13) : change is >= -524288 and <= 524287 ? ("1110", 20) : ("11110", 64);
            bits.Put(prefix);
            bits.Put((ulong)change, size);
            Value(bits, value, difference, ref leading, ref trailing);
        }
        else if (Staleness.IsMarker(value))
        {
            bits.Put("11111");
        }
        else if (difference == 0)
        {
            bits.Put("0");
        }
        else
        {
            bits.Put("10");
            bits.PutDifference(difference, ref leading, ref trailing);
        }
    }

    private static void Value(PlainBits bits, double value, ulong difference, ref int leading, ref int trailing)
    {
        if (Staleness.IsMarker(value))
        {
            bits.Put("111");
        }
        else if (difference == 0)
        {
            bits.Put("0");
        }
        else
        {
            bool isReuse = leading >= 0
                && Math.Min(BitOperations.LeadingZeroCount(difference), 31) >= leading
                && BitOperations.TrailingZeroCount(difference) >= trailing;
            bits.Put(isReuse ? "10" : "110");
            if (!isReuse)
            {
                leading = Math.Min(BitOperations.LeadingZeroCount(difference), 31);
                trailing = BitOperations.TrailingZeroCount(difference);
                bits.Put((ulong)leading, 5);
                bits.Put((ulong)((64 - leading - trailing) % 64), 6);
            }

            bits.Put(difference >> trailing, 64 - leading - trailing);
        }
    }
}
