using System.Buffers.Binary;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>Builds the body of a remote write 2.0 request, written for clarity and independent of the product's own codecs.</summary>
public sealed class WriteRequestV2Builder
{
    private readonly List<string> _symbols = [""];
    private readonly List<byte[]> _series = [];

    /// <summary>Whether symbols stand behind the series.</summary>
    public bool SymbolsLast { get; init; }

    /// <summary>Whether references are written one by one and not packed.</summary>
    public bool IsUnpacked { get; init; }

    /// <summary>Adds a series with what it has.</summary>
    public WriteRequestV2Builder Add(
        IReadOnlyList<string> namesAndValues,
        IReadOnlyList<(long Timestamp, double Value)> samples,
        IReadOnlyList<(string[] NamesAndValues, double Value, long Timestamp)>? exemplars = null,
        MetricType type = MetricType.Unknown,
        string unit = "",
        string help = "",
        IReadOnlyList<(long Timestamp, FloatHistogram Histogram)>? histograms = null,
        long start = 0) =>
        AddReferences([.. namesAndValues.Select(Symbol)], samples, exemplars, type, Symbol(unit), Symbol(help), histograms, start);

    /// <summary>Adds a series whose labels are these references, whatever they mean.</summary>
    public WriteRequestV2Builder AddReferences(
        IReadOnlyList<uint> references,
        IReadOnlyList<(long Timestamp, double Value)> samples,
        IReadOnlyList<(string[] NamesAndValues, double Value, long Timestamp)>? exemplars = null,
        MetricType type = MetricType.Unknown,
        uint unit = 0,
        uint help = 0,
        IReadOnlyList<(long Timestamp, FloatHistogram Histogram)>? histograms = null,
        long start = 0)
    {
        var series = new List<byte>();
        WriteReferences(series, references);
        foreach ((long timestamp, double value) in samples)
        {
            List<byte> sample = [0x09, .. Bits(value), .. Number(0x10, (ulong)timestamp), .. start == 0 ? [] : Number(0x18, (ulong)start)];
            WriteBytes(series, 0x12, sample);
        }

        foreach ((long timestamp, FloatHistogram histogram) in histograms ?? [])
        {
            // Field 17 is the start timestamp.
            WriteBytes(series, 0x1a, [.. HistogramMessage.Encode(timestamp, histogram, asIntegers: true), 0x88, 0x01, 0x05]);
        }

        foreach ((string[] names, double value, long timestamp) in exemplars ?? [])
        {
            var exemplar = new List<byte>();
            WriteReferences(exemplar, [.. names.Select(Symbol)]);
            exemplar.AddRange([0x11, .. Bits(value), .. Number(0x18, (ulong)timestamp)]);
            WriteBytes(series, 0x22, exemplar);
        }

        if (type != MetricType.Unknown || unit + help > 0)
        {
            WriteBytes(series, 0x2a, [.. Number(0x08, (ulong)type), .. Number(0x18, help), .. Number(0x20, unit)]);
        }

        _series.Add([.. series]);
        return this;
    }

    /// <summary>The protobuf message, not compressed.</summary>
    public byte[] ToMessage()
    {
        var symbols = new List<byte>();
        foreach (string symbol in _symbols)
        {
            WriteBytes(symbols, 0x22, [.. Encoding.UTF8.GetBytes(symbol)]);
        }

        var series = new List<byte>();
        foreach (byte[] one in _series)
        {
            WriteBytes(series, 0x2a, [.. one]);
        }

        return SymbolsLast ? [.. series, .. symbols] : [.. symbols, .. series];
    }

    /// <summary>The message as a snappy block, as a sender posts it.</summary>
    public byte[] ToBody() => WriteRequestBuilder.CompressToLiterals(ToMessage());

    private uint Symbol(string text)
    {
        int at = _symbols.IndexOf(text);
        if (at < 0)
        {
            at = _symbols.Count;
            _symbols.Add(text);
        }

        return (uint)at;
    }

    private void WriteReferences(List<byte> target, IReadOnlyList<uint> references)
    {
        if (IsUnpacked)
        {
            foreach (uint reference in references)
            {
                target.AddRange(Number(0x08, reference));
            }

            return;
        }

        var packed = new List<byte>();
        foreach (uint reference in references)
        {
            WriteRequestBuilder.WriteVarint(packed, reference);
        }

        WriteBytes(target, 0x0a, packed);
    }

    private static List<byte> Number(byte key, ulong value)
    {
        List<byte> field = [key];
        WriteRequestBuilder.WriteVarint(field, value);
        return field;
    }

    private static byte[] Bits(double value)
    {
        byte[] bits = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
        return bits;
    }

    private static void WriteBytes(List<byte> target, byte tag, List<byte> content)
    {
        target.Add(tag);
        WriteRequestBuilder.WriteVarint(target, (ulong)content.Count);
        target.AddRange(content);
    }
}
