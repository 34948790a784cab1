using System.Globalization;
using System.Text.Json;
using Pharos.Core.Buffers;
using Pharos.Rules.Views;

namespace Pharos.Server.Api;

/// <summary>Writes rules and alerts in upstream's form.</summary>
internal static class RuleWriter
{
    public static void WritePage(Utf8JsonWriter json, RulePage page, bool excludesAlerts)
    {
        json.WriteStartObject();
        json.WriteStartArray("groups"u8);
        foreach (RuleGroupView group in page.Groups)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, group.Name);
            json.WriteString("file"u8, group.File);
            json.WriteStartArray("rules"u8);
            foreach (RuleView rule in group.Rules)
            {
                WriteRule(json, rule, excludesAlerts);
            }

            json.WriteEndArray();
            json.WriteNumber("interval"u8, group.Interval.TotalSeconds);
            json.WriteNumber("limit"u8, group.Limit);
            WriteEvaluation(json, group.EvaluationDuration, group.LastEvaluation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (page.NextToken.Length > 0)
        {
            json.WriteString("groupNextToken"u8, page.NextToken);
        }

        json.WriteEndObject();
    }

    /// <summary>The alerts of a rule that pend or fire.</summary>
    public static void WriteAlerts(Utf8JsonWriter json, RuleView rule)
    {
        foreach (AlertView alert in rule.Alerts)
        {
            if (alert.ResolvedAt is null)
            {
                WriteAlert(json, alert);
            }
        }
    }

    private static void WriteRule(Utf8JsonWriter json, RuleView rule, bool excludesAlerts)
    {
        json.WriteStartObject();
        if (rule.IsAlerting)
        {
            json.WriteString("state"u8, StateName(rule.State));
        }

        json.WriteString("name"u8, rule.Name);
        json.WriteString("query"u8, rule.Query);
        if (rule.IsAlerting)
        {
            json.WriteNumber("duration"u8, rule.For.TotalSeconds);
            json.WriteNumber("keepFiringFor"u8, rule.KeepFiringFor.TotalSeconds);
        }

        json.WriteLabels("labels", rule.Labels);
        if (rule.IsAlerting)
        {
            json.WriteLabels("annotations", rule.Annotations);
            WriteAlertList(json, rule, excludesAlerts);
        }

        json.WriteString("health"u8, rule.Health switch
        {
            RuleHealth.Ok => "ok"u8,
            RuleHealth.Error => "err"u8,
            _ => "unknown"u8,
        });
        if (rule.LastError.Length > 0)
        {
            json.WriteString("lastError"u8, rule.LastError);
        }

        WriteEvaluation(json, rule.EvaluationDuration, rule.LastEvaluation);
        json.WriteString("type"u8, rule.IsAlerting ? "alerting"u8 : "recording"u8);
        json.WriteEndObject();
    }

    private static void WriteAlertList(Utf8JsonWriter json, RuleView rule, bool excludesAlerts)
    {
        if (excludesAlerts)
        {
            json.WriteNull("alerts"u8);
            return;
        }

        json.WriteStartArray("alerts"u8);
        WriteAlerts(json, rule);
        json.WriteEndArray();
    }

    private static void WriteAlert(Utf8JsonWriter json, AlertView alert)
    {
        Span<byte> value = stackalloc byte[FloatWriter.MaxLength];
        json.WriteStartObject();
        json.WriteLabels("labels", alert.Labels);
        json.WriteLabels("annotations", alert.Annotations);
        json.WriteString("state"u8, StateName(alert.State));
        json.WriteString("activeAt"u8, Time(alert.ActiveAt));
        if (alert.KeepFiringSince is { } since)
        {
            json.WriteString("keepFiringSince"u8, Time(since));
        }

        json.WriteString("value"u8, value[..FloatWriter.WriteExponent(alert.Value, value)]);
        json.WriteEndObject();
    }

    private static void WriteEvaluation(Utf8JsonWriter json, TimeSpan duration, DateTimeOffset? time)
    {
        json.WriteNumber("evaluationTime"u8, duration.TotalSeconds);
        json.WriteString("lastEvaluation"u8, Time(time ?? DateTimeOffset.MinValue));
    }

    private static string StateName(AlertState state) => state switch
    {
        AlertState.Firing => "firing",
        AlertState.Pending => "pending",
        AlertState.Inactive => "inactive",
        _ => "unknown",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
