using System.Buffers.Binary;
using System.Text;
using Pharos.Core.Histograms;

namespace Pharos.Testing;

/// <summary>
/// Builds the body of a remote write 1.0 request, written for clarity and independent of the product's own codecs: snappy blocks hold literals only.
/// </summary>
public sealed class WriteRequestBuilder
{
    private readonly List<byte> _request = [];

    /// <summary>Whether a value of zero is left out, as protobuf encoders do; otherwise it is written like others.</summary>
    public bool OmitsZeros { get; init; } = true;

    /// <summary>Adds one series with its samples; labels are name and value in turn, in the order given.</summary>
    public WriteRequestBuilder Add(IReadOnlyList<string> namesAndValues, params IReadOnlyList<(long Timestamp, double Value)> samples) =>
        AddWithExemplars(namesAndValues, samples);

    /// <summary>Adds one series with its samples and its exemplars; a timestamp of 0 is left out.</summary>
    public WriteRequestBuilder AddWithExemplars(
        IReadOnlyList<string> namesAndValues,
        IReadOnlyList<(long Timestamp, double Value)> samples,
        params IReadOnlyList<(string[] NamesAndValues, double Value, long Timestamp)> exemplars)
    {
        var series = new List<byte>();
        WriteLabels(series, namesAndValues);
        foreach ((long timestamp, double value) in samples)
        {
            List<byte> sample = [];
            if (value != 0 || !OmitsZeros)
            {
                byte[] bits = new byte[8];
                BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
                sample.AddRange([0x09, .. bits]);
            }

            sample.Add(0x10);
            WriteVarint(sample, (ulong)timestamp);
            WriteBytes(series, 0x12, [.. sample]);
        }

        foreach ((string[] names, double value, long timestamp) in exemplars)
        {
            List<byte> exemplar = [];
            WriteLabels(exemplar, names);
            byte[] bits = new byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
            exemplar.AddRange([0x11, .. bits]);
            if (timestamp != 0)
            {
                exemplar.Add(0x18);
                WriteVarint(exemplar, (ulong)timestamp);
            }

            WriteBytes(series, 0x1a, [.. exemplar]);
        }

        WriteBytes(_request, 0x0a, [.. series]);
        return this;
    }

    /// <summary>Adds one series of native histograms, whose counts are written as integers or as floats.</summary>
    public WriteRequestBuilder AddHistograms(IReadOnlyList<string> namesAndValues, IEnumerable<(long Timestamp, FloatHistogram Histogram)> samples, bool asIntegers)
    {
        var series = new List<byte>();
        WriteLabels(series, namesAndValues);
        foreach ((long timestamp, FloatHistogram histogram) in samples)
        {
            WriteBytes(series, 0x22, HistogramMessage.Encode(timestamp, histogram, asIntegers));
        }

        WriteBytes(_request, 0x0a, [.. series]);
        return this;
    }

    /// <summary>The protobuf message, not compressed.</summary>
    public byte[] ToMessage() => [.. _request];

    /// <summary>The message as a snappy block, as a sender posts it.</summary>
    public byte[] ToBody() => CompressToLiterals(ToMessage());

    /// <summary>A valid snappy block of literals only.</summary>
    public static byte[] CompressToLiterals(ReadOnlySpan<byte> content)
    {
        var block = new List<byte>();
        WriteVarint(block, (ulong)content.Length);
        while (!content.IsEmpty)
        {
            int length = Math.Min(content.Length, 1 << 16);
            block.Add(61 << 2);
            block.Add((byte)(length - 1));
            block.Add((byte)((length - 1) >> 8));
            block.AddRange(content[..length]);
            content = content[length..];
        }

        return [.. block];
    }

    private static void WriteLabels(List<byte> target, IReadOnlyList<string> namesAndValues)
    {
        for (int i = 0; i + 1 < namesAndValues.Count; i += 2)
        {
            var label = new List<byte>();
            WriteBytes(label, 0x0a, Encoding.UTF8.GetBytes(namesAndValues[i]));
            WriteBytes(label, 0x12, Encoding.UTF8.GetBytes(namesAndValues[i + 1]));
            WriteBytes(target, 0x0a, [.. label]);
        }
    }

    private static void WriteBytes(List<byte> target, byte tag, ReadOnlySpan<byte> content)
    {
        target.Add(tag);
        WriteVarint(target, (ulong)content.Length);
        target.AddRange(content);
    }

    /// <summary>A number in groups of seven bits.</summary>
    internal static void WriteVarint(List<byte> target, ulong value)
    {
        while (value >= 0x80)
        {
            target.Add((byte)(value | 0x80));
            value >>= 7;
        }

        target.Add((byte)value);
    }
}
