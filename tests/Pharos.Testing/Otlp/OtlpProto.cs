using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Pharos.Testing.Otlp;

/// <summary>
/// Writes an OTLP metrics request, given as OTLP's JSON, in protobuf: driven by a table of the messages in opentelemetry-proto, and independent of the product's readers.
/// Members that the table does not have become unknown fields.
/// </summary>
public static class OtlpProto
{
    // Of each message its fields: number, type, name. * is a list of messages, # a list of numbers, which may be packed.
    private const string Schema =
        """
        Request: 1 *ResourceMetrics resourceMetrics
        ResourceMetrics: 1 Resource resource, 2 *ScopeMetrics scopeMetrics, 3 string schemaUrl
        Resource: 1 *KeyValue attributes, 2 varint droppedAttributesCount
        ScopeMetrics: 1 Scope scope, 2 *Metric metrics, 3 string schemaUrl
        Scope: 1 string name, 2 string version, 3 *KeyValue attributes
        Metric: 1 string name, 2 string description, 3 string unit, 5 Gauge gauge, 7 Sum sum, 9 Histogram histogram, 10 ExponentialHistogram exponentialHistogram, 11 Summary summary, 12 *KeyValue metadata
        Gauge: 1 *Number dataPoints
        Sum: 1 *Number dataPoints, 2 varint aggregationTemporality, 3 bool isMonotonic
        Histogram: 1 *HistogramPoint dataPoints, 2 varint aggregationTemporality
        ExponentialHistogram: 1 *ExponentialPoint dataPoints, 2 varint aggregationTemporality
        Summary: 1 *SummaryPoint dataPoints
        Number: 2 fixed startTimeUnixNano, 3 fixed timeUnixNano, 4 double asDouble, 5 *Exemplar exemplars, 6 fixed asInt, 7 *KeyValue attributes, 8 varint flags
        HistogramPoint: 2 fixed startTimeUnixNano, 3 fixed timeUnixNano, 4 fixed count, 5 double sum, 6 #fixed bucketCounts, 7 #double explicitBounds, 8 *Exemplar exemplars, 9 *KeyValue attributes, 10 varint flags, 11 double min, 12 double max
        ExponentialPoint: 1 *KeyValue attributes, 2 fixed startTimeUnixNano, 3 fixed timeUnixNano, 4 fixed count, 5 double sum, 6 zigzag scale, 7 fixed zeroCount, 8 Buckets positive, 9 Buckets negative, 10 varint flags, 11 *Exemplar exemplars, 12 double min, 13 double max, 14 double zeroThreshold
        Buckets: 1 zigzag offset, 2 #varint bucketCounts
        SummaryPoint: 2 fixed startTimeUnixNano, 3 fixed timeUnixNano, 4 fixed count, 5 double sum, 6 *Quantile quantileValues, 7 *KeyValue attributes, 8 varint flags
        Quantile: 1 double quantile, 2 double value
        Exemplar: 2 fixed timeUnixNano, 3 double asDouble, 4 hex spanId, 5 hex traceId, 6 fixed asInt, 7 *KeyValue filteredAttributes
        KeyValue: 1 string key, 2 AnyValue value
        AnyValue: 1 string stringValue, 2 bool boolValue, 3 varint intValue, 4 double doubleValue, 5 List arrayValue, 6 Map kvlistValue, 7 base64 bytesValue
        List: 1 *AnyValue values
        Map: 1 *KeyValue values
        """;

    private static readonly Dictionary<string, Dictionary<string, (int Number, string Type)>> Messages = Schema.Split('\n').ToDictionary(
        static line => line.Split(": ")[0],
        static line => line.Split(": ")[1].Split(", ").Select(static field => field.Trim().Split(' ')).ToDictionary(
            static field => field[2],
            static field => (int.Parse(field[0], CultureInfo.InvariantCulture), field[1])));

    /// <summary>The request in protobuf.</summary>
    /// <param name="json">The request in JSON.</param>
    /// <param name="packs">Whether lists of numbers are packed, as proto3 does by default.</param>
    public static byte[] FromJson(string json, bool packs = true) => [.. Message(JsonNode.Parse(json)!.AsObject(), "Request", packs)];

    private static List<byte> Message(JsonObject message, string type, bool packs)
    {
        var output = new List<byte>();
        foreach ((string name, JsonNode? value) in message)
        {
            if (!Messages[type].TryGetValue(name, out (int Number, string Type) field))
            {
                WriteKey(output, 99, 2);
                WriteBytes(output, Encoding.UTF8.GetBytes(value?.ToJsonString() ?? ""));
                continue;
            }

            switch (field.Type[0])
            {
                case '*':
                    foreach (JsonNode? element in value!.AsArray())
                    {
                        WriteOne(output, field.Number, field.Type[1..], element!, packs);
                    }

                    break;
                case '#' when packs:
                    WriteKey(output, field.Number, 2);
                    WriteBytes(output, [.. value!.AsArray().SelectMany(e => Scalar(field.Type[1..], e!).Bytes)]);
                    break;
                case '#':
                    foreach (JsonNode? element in value!.AsArray())
                    {
                        WriteOne(output, field.Number, field.Type[1..], element!, packs);
                    }

                    break;
                default:
                    WriteOne(output, field.Number, field.Type, value!, packs);
                    break;
            }
        }

        return output;
    }

    private static void WriteOne(List<byte> output, int number, string type, JsonNode value, bool packs)
    {
        if (char.IsAsciiLetterUpper(type[0]))
        {
            WriteKey(output, number, 2);
            WriteBytes(output, [.. Message(value.AsObject(), type, packs)]);
            return;
        }

        (int wireType, byte[] bytes) = Scalar(type, value);
        WriteKey(output, number, wireType);
        if (wireType == 2)
        {
            WriteBytes(output, bytes);
        }
        else
        {
            output.AddRange(bytes);
        }
    }

    private static (int WireType, byte[] Bytes) Scalar(string type, JsonNode value) => type switch
    {
        "string" => (2, Encoding.UTF8.GetBytes(value.GetValue<string>())),
        "hex" => (2, Convert.FromHexString(value.GetValue<string>())),
        "base64" => (2, Convert.FromBase64String(value.GetValue<string>())),
        "bool" => (0, [value.GetValue<bool>() ? (byte)1 : (byte)0]),
        "double" => (1, Fixed(BitConverter.DoubleToUInt64Bits(Double(value)))),
        "fixed" => (1, Fixed(Integer(value))),
        "zigzag" => (0, Varint((ulong)(((long)Integer(value) << 1) ^ ((long)Integer(value) >> 63)))),
        _ => (0, Varint(Integer(value))),
    };

    private static ulong Integer(JsonNode value) => (ulong)Int128.Parse(value.ToString(), CultureInfo.InvariantCulture);

    private static double Double(JsonNode value) => value.ToString() switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "NaN" => double.NaN,
        string text => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static byte[] Fixed(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static void WriteKey(List<byte> output, int number, int wireType) => output.AddRange(Varint((ulong)((number << 3) | wireType)));

    private static void WriteBytes(List<byte> output, byte[] bytes)
    {
        output.AddRange(Varint((ulong)bytes.Length));
        output.AddRange(bytes);
    }
}
