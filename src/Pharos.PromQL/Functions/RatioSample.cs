using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Functions;

/// <summary>
/// Which series <c>limit_ratio</c> takes: a series has a fixed place in [0, 1] by the hash of its labels. Hash (xxHash64) and encoding
/// are upstream's, so that both choose the same series.
/// </summary>
internal static class RatioSample
{
    private const ulong Prime1 = 11_400_714_785_074_694_791;
    private const ulong Prime2 = 14_029_467_366_897_019_727;
    private const ulong Prime3 = 1_609_587_929_392_839_161;
    private const ulong Prime4 = 9_650_029_242_287_828_579;
    private const ulong Prime5 = 2_870_177_450_012_600_261;

    /// <summary>The place of a series.</summary>
    public static double PlaceOf(Labels labels) => Hash(Encode(labels)) / (double)ulong.MaxValue;

    /// <summary>Whether a ratio takes a place: those below it, or with a negative ratio those that its complement leaves.</summary>
    public static bool Takes(double ratio, double place) => ratio >= 0 ? place < ratio : place >= 1.0 + ratio;

    internal static ulong Hash(ReadOnlySpan<byte> data)
    {
        ulong length = (ulong)data.Length;
        ulong hash;
        if (data.Length >= 32)
        {
            ulong a = unchecked(Prime1 + Prime2);
            ulong b = Prime2;
            ulong c = 0;
            ulong d = unchecked(0UL - Prime1);
            for (; data.Length >= 32; data = data[32..])
            {
                a = Round(a, Word(data));
                b = Round(b, Word(data[8..]));
                c = Round(c, Word(data[16..]));
                d = Round(d, Word(data[24..]));
            }

            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
            hash = Merge(Merge(Merge(Merge(hash, a), b), c), d);
        }
        else
        {
            hash = Prime5;
        }

        return Finish(hash + length, data);
    }

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> rest)
    {
        for (; rest.Length >= 8; rest = rest[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(rest)), 27) * Prime1) + Prime4;
        }

        if (rest.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
            rest = rest[4..];
        }

        foreach (byte one in rest)
        {
            hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private static ulong Round(ulong accumulator, ulong input) => BitOperations.RotateLeft(accumulator + (input * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong accumulator) => ((hash ^ Round(0, accumulator)) * Prime1) + Prime4;

    // Names and values in turn, each behind its length: one byte, or 255 and three bytes.
    private static byte[] Encode(Labels labels)
    {
        var data = new List<byte>(256);
        foreach (Label label in labels.AsSpan())
        {
            Append(data, label.Name);
            Append(data, label.Value);
        }

        return [.. data];
    }

    private static void Append(List<byte> data, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 255)
        {
            data.Add((byte)bytes.Length);
        }
        else
        {
            data.AddRange([255, (byte)bytes.Length, (byte)(bytes.Length >> 8), (byte)(bytes.Length >> 16)]);
        }

        data.AddRange(bytes);
    }
}
