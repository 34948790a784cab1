using System.Buffers.Binary;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>Reads write requests of both versions as plainly as the format is described, independent of the product's codecs. Throws where something is not as it must be.</summary>
public static class WriteRequestReader
{
    /// <summary>Reads a compressed <c>prometheus.WriteRequest</c>; its metadata comes as family, type, help, unit.</summary>
    public static IReadOnlyList<WrittenSeries> ReadVersion1(byte[] body, List<(string Family, MetricType Type, string Help, string Unit)>? metadata = null)
    {
        var series = new List<WrittenSeries>();
        foreach ((int field, object value) in Fields(Decompress(body)))
        {
            switch (field)
            {
                case 1:
                    series.Add(ReadSeries1((byte[])value));
                    break;
                case 3:
                    metadata?.Add(ReadMetadata1((byte[])value));
                    break;
                default:
                    throw new InvalidDataException($"field {field} in a write request");
            }
        }

        return series;
    }

    /// <summary>Reads a compressed <c>io.prometheus.write.v2.Request</c> and checks what its specification demands of symbols and labels.</summary>
    public static IReadOnlyList<WrittenSeries> ReadVersion2(byte[] body)
    {
        var symbols = new List<string>();
        var series = new List<WrittenSeries>();
        foreach ((int field, object value) in Fields(Decompress(body)))
        {
            switch (field)
            {
                case 4:
                    symbols.Add(Encoding.UTF8.GetString((byte[])value));
                    break;
                case 5:
                    series.Add(ReadSeries2((byte[])value, symbols));
                    break;
                default:
                    throw new InvalidDataException($"field {field} in a write request 2.0");
            }
        }

        Require(symbols.Count > 0 && symbols[0].Length == 0, "symbols begin with the empty text");
        Require(symbols.Distinct().Count() == symbols.Count, "symbols are distinct");
        return series;
    }

    private static byte[] Decompress(byte[] body)
    {
        Require(SnappyBlock.TryGetDecompressedLength(body, out int length), "a snappy block");
        byte[] message = new byte[length];
        Require(SnappyBlock.TryDecompress(body, message, out int written) && written == length, "a snappy block");
        return message;
    }

    private static WrittenSeries ReadSeries1(byte[] message)
    {
        var labels = new List<(string, string)>();
        var samples = new List<(long, double, long)>();
        var exemplars = new List<Exemplar>();
        var histograms = new List<byte[]>();
        foreach ((int field, object value) in Fields(message))
        {
            switch (field)
            {
                case 1:
                    labels.Add(ReadLabel((byte[])value));
                    break;
                case 2:
                    samples.Add(ReadSample((byte[])value));
                    break;
                case 3:
                    exemplars.Add(ReadExemplar1((byte[])value));
                    break;
                case 4:
                    histograms.Add((byte[])value);
                    break;
                default:
                    throw new InvalidDataException($"field {field} in a series");
            }
        }

        return new WrittenSeries(ToLabels(labels), samples, exemplars, MetricType.Unknown, "", "", histograms);
    }

    private static WrittenSeries ReadSeries2(byte[] message, List<string> symbols)
    {
        var labels = new List<(string, string)>();
        var samples = new List<(long, double, long)>();
        var exemplars = new List<Exemplar>();
        var histograms = new List<byte[]>();
        (MetricType type, string unit, string help) = (MetricType.Unknown, "", "");
        foreach ((int field, object value) in Fields(message))
        {
            switch (field)
            {
                case 1:
                    labels.AddRange(ReadReferences((byte[])value, symbols));
                    break;
                case 2:
                    samples.Add(ReadSample((byte[])value));
                    break;
                case 3:
                    histograms.Add((byte[])value);
                    break;
                case 4:
                    exemplars.Add(ReadExemplar2((byte[])value, symbols));
                    break;
                case 5:
                    Dictionary<int, object> fields = Fields((byte[])value).ToDictionary(static f => f.Field, static f => f.Value);
                    type = (MetricType)(ulong)fields.GetValueOrDefault(1, 0UL);
                    help = symbols[(int)(ulong)fields.GetValueOrDefault(3, 0UL)];
                    unit = symbols[(int)(ulong)fields.GetValueOrDefault(4, 0UL)];
                    break;
                default:
                    throw new InvalidDataException($"field {field} in a series 2.0");
            }
        }

        return new WrittenSeries(ToLabels(labels), samples, exemplars, type, unit, help, histograms);
    }

    private static (string Family, MetricType Type, string Help, string Unit) ReadMetadata1(byte[] message)
    {
        Dictionary<int, object> fields = Fields(message).ToDictionary(static f => f.Field, static f => f.Value);
        string Text(int field) => fields.TryGetValue(field, out object? value) ? Encoding.UTF8.GetString((byte[])value) : "";
        return (Text(2), (MetricType)(ulong)fields.GetValueOrDefault(1, 0UL), Text(4), Text(5));
    }

    private static (string Name, string Value) ReadLabel(byte[] message)
    {
        Dictionary<int, object> fields = Fields(message).ToDictionary(static f => f.Field, static f => f.Value);
        return (Encoding.UTF8.GetString((byte[])fields[1]), Encoding.UTF8.GetString((byte[])fields[2]));
    }

    private static List<(string Name, string Value)> ReadReferences(byte[] packed, List<string> symbols)
    {
        var labels = new List<(string, string)>();
        int at = 0;
        while (at < packed.Length)
        {
            labels.Add((symbols[(int)Varint(packed, ref at)], symbols[(int)Varint(packed, ref at)]));
        }

        return labels;
    }

    private static (long Time, double Value, long Start) ReadSample(byte[] message)
    {
        Dictionary<int, object> fields = Fields(message).ToDictionary(static f => f.Field, static f => f.Value);
        return ((long)(ulong)fields.GetValueOrDefault(2, 0UL), (double)fields.GetValueOrDefault(1, 0.0), (long)(ulong)fields.GetValueOrDefault(3, 0UL));
    }

    private static Exemplar ReadExemplar1(byte[] message)
    {
        var labels = Fields(message).Where(static f => f.Field == 1).Select(static f => ReadLabel((byte[])f.Value)).ToList();
        Dictionary<int, object> fields = Fields(message).Where(static f => f.Field != 1).ToDictionary(static f => f.Field, static f => f.Value);
        return new Exemplar(ToLabels(labels), (double)fields.GetValueOrDefault(2, 0.0), (long)(ulong)fields.GetValueOrDefault(3, 0UL), HasTimestamp: true);
    }

    private static Exemplar ReadExemplar2(byte[] message, List<string> symbols)
    {
        Dictionary<int, object> fields = Fields(message).ToDictionary(static f => f.Field, static f => f.Value);
        Labels labels = fields.TryGetValue(1, out object? references) ? ToLabels(ReadReferences((byte[])references, symbols)) : Labels.Empty;
        return new Exemplar(labels, (double)fields.GetValueOrDefault(2, 0.0), (long)(ulong)fields.GetValueOrDefault(3, 0UL), HasTimestamp: true);
    }

    private static Labels ToLabels(List<(string Name, string Value)> labels)
    {
        for (int i = 1; i < labels.Count; i++)
        {
            Require(Utf8Ordinal.Compare(labels[i - 1].Name, labels[i].Name) < 0, $"label names are sorted: {labels[i - 1].Name}, {labels[i].Name}");
        }

        return Labels.Of([.. labels.Select(static l => new Label(l.Name, l.Value))]);
    }

    private static IEnumerable<(int Field, object Value)> Fields(byte[] message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint(message, ref at);
            object value;
            switch (key & 7)
            {
                case 0:
                    value = Varint(message, ref at);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadDoubleLittleEndian(message.AsSpan(at));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    value = message[at..(at + length)];
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }

            yield return ((int)(key >> 3), value);
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = message[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"expected: {what}");
        }
    }
}
