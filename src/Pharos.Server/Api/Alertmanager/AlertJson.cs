using System.Text.Json;
using Pharos.Alerting;
using Pharos.Alerting.Alerts;

namespace Pharos.Server.Api.Alertmanager;

/// <summary>Writes alerts as upstream does.</summary>
internal static class AlertJson
{
    public static void Write(Utf8JsonWriter json, StoredAlert alert, AlertStatus status, IEnumerable<string> receivers, IReadOnlyList<string> mutedBy)
    {
        json.WriteStartObject();
        json.WriteLabels("annotations", alert.Annotations);
        json.WriteTime("endsAt", alert.EndsAt);
        json.WriteString("fingerprint"u8, AlertFingerprint.Format(alert.Fingerprint));
        json.WriteStartArray("receivers"u8);
        foreach (string receiver in receivers)
        {
            WriteReceiver(json, receiver);
        }

        json.WriteEndArray();
        json.WriteTime("startsAt", alert.StartsAt);
        json.WriteStartObject("status"u8);
        json.WriteTexts("inhibitedBy", status.InhibitedBy.Select(AlertFingerprint.Format));
        json.WriteTexts("mutedBy", mutedBy);
        json.WriteTexts("silencedBy", status.SilencedBy);
        json.WriteString("state"u8, status.IsSuppressed || mutedBy.Count > 0 ? "suppressed"u8 : "active"u8);
        json.WriteEndObject();
        json.WriteTime("updatedAt", alert.UpdatedAt);
        if (alert.GeneratorUrl.Length > 0)
        {
            json.WriteString("generatorURL"u8, alert.GeneratorUrl);
        }

        json.WriteLabels("labels", alert.Labels);
        json.WriteEndObject();
    }

    public static void WriteReceiver(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteEndObject();
    }
}
