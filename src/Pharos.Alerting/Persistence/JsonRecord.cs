using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Persistence;

/// <summary>The JSON objects that records consist of.</summary>
internal static class JsonRecord
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object with the properties that are written.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> properties)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>Whether the exception means that a record does not have the expected form.</summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException;

    public static void WriteLabels(Utf8JsonWriter json, string name, Labels labels)
    {
        json.WritePropertyName(name);
        WriteLabels(json, labels);
    }

    public static void WriteLabels(Utf8JsonWriter json, Labels labels)
    {
        json.WriteStartObject();
        foreach (Label label in labels.AsSpan())
        {
            json.WriteString(label.Name, label.Value);
        }

        json.WriteEndObject();
    }

    /// <summary>The label set; the empty one when the property is absent.</summary>
    public static Labels ReadLabels(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? ReadLabels(value) : Labels.Empty;

    public static Labels ReadLabels(JsonElement value)
    {
        var builder = new LabelsBuilder();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            builder.Set(property.Name, property.Value.GetString()!);
        }

        return builder.ToLabels();
    }

    public static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyCollection<ulong> numbers)
    {
        json.WriteStartArray(name);
        foreach (ulong number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    public static ulong[] ReadNumbers(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(static n => n.GetUInt64())];
}
