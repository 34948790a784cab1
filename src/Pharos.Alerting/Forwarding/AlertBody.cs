using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Forwarding;

/// <summary>Alerts as API v2 takes them.</summary>
internal static class AlertBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<Alert> alerts)
    {
        var output = new ArrayBufferWriter<byte>(512 * alerts.Count);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartArray();
            foreach (Alert alert in alerts)
            {
                json.WriteStartObject();
                WriteLabels(json, "annotations", alert.Annotations);
                WriteTime(json, "endsAt", alert.EndsAt);
                WriteTime(json, "startsAt", alert.StartsAt);
                if (alert.GeneratorUrl.Length > 0)
                {
                    json.WriteString("generatorURL"u8, alert.GeneratorUrl);
                }

                WriteLabels(json, "labels", alert.Labels);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteLabels(Utf8JsonWriter json, string name, Labels labels)
    {
        json.WriteStartObject(name);
        foreach (Label label in labels.AsSpan())
        {
            json.WriteString(label.Name, label.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long time)
    {
        if (time != 0)
        {
            json.WriteString(name, DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }
    }
}
