using System.Text.Json;
using Pharos.Alerting;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>Writes <c>Alert</c> of <c>docs/api.md</c>.</summary>
internal static class UiAlertJson
{
    public static void WriteAlert(this Utf8JsonWriter json, UiAlert alert)
    {
        json.WriteStartObject();
        json.WriteAlertFields(alert);
        json.WriteEndObject();
    }

    /// <summary>The properties alone, for who adds to them.</summary>
    public static void WriteAlertFields(this Utf8JsonWriter json, UiAlert alert)
    {
        json.WriteString("fingerprint"u8, AlertFingerprint.Format(alert.Fingerprint));
        json.WriteString("name"u8, alert.Name);
        json.WriteLabels("labels", alert.Labels);
        json.WriteLabels("annotations", alert.Annotations);
        json.WriteString("sentence"u8, alert.Sentence);
        json.WriteString("state"u8, alert.State switch
        {
            UiAlertState.Pending => "pending"u8,
            UiAlertState.Firing => "firing"u8,
            UiAlertState.Silenced => "silenced"u8,
            UiAlertState.Inhibited => "inhibited"u8,
            _ => "resolved"u8,
        });
        json.WriteIfAny("severity", alert.Labels["severity"]);
        if (alert.Value is { } value)
        {
            json.WritePropertyName("value"u8);
            json.WriteValue(value);
        }

        json.WriteNumber("since"u8, alert.Since);
        json.WriteTimeIfKnown("firingSince", alert.FiringSince);
        json.WriteTimeIfKnown("firesAt", alert.FiresAt);
        json.WriteTimeIfKnown("resolvedAt", alert.ResolvedAt);
        if (alert.SilencedBy.Count > 0)
        {
            json.WriteTexts("silencedBy", alert.SilencedBy);
        }

        if (alert.InhibitedBy.Count > 0)
        {
            json.WriteTexts("inhibitedBy", alert.InhibitedBy.Select(AlertFingerprint.Format));
        }

        if (alert.Origin is { } origin)
        {
            json.WriteStartObject("rule"u8);
            json.WriteString("group"u8, origin.Group.Name);
            json.WriteString("file"u8, origin.Group.File);
            json.WriteNumber("line"u8, origin.Rule.Position.Line);
            json.WriteEndObject();
        }

        json.WriteTexts("receivers", alert.Receivers);
    }

    public static void WriteAlerts(this Utf8JsonWriter json, string name, IEnumerable<UiAlert> alerts)
    {
        json.WriteStartArray(name);
        foreach (UiAlert alert in alerts)
        {
            json.WriteAlert(alert);
        }

        json.WriteEndArray();
    }

    /// <summary>A time that is left out where it is zero.</summary>
    public static void WriteTimeIfKnown(this Utf8JsonWriter json, string name, long time)
    {
        if (time != 0)
        {
            json.WriteNumber(name, time);
        }
    }
}
