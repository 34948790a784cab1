using System.Globalization;
using System.Text.Json;
using Pharos.Alerting.Silencing;
using Pharos.Core.Contracts;
using Pharos.Rules.Views;
using Pharos.Server.Api.Alertmanager;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary><c>p/alerts/{fingerprint}</c>: the card of one alert.</summary>
internal sealed class AlertCardEndpoint
{
    private readonly AlertingPart _alerting;
    private readonly UiAlertSource _source;
    private readonly AlertTimeline _timeline;
    private readonly TimeProvider _clock;

    public AlertCardEndpoint(AlertingPart alerting, UiAlertSource source, IJournal journal, TimeProvider clock)
    {
        _alerting = alerting;
        _source = source;
        _timeline = new AlertTimeline(alerting, journal);
        _clock = clock;
    }

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "alerts/{fingerprint}", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        string text = (string)context.Request.RouteValues["fingerprint"]!;
        UiAlert alert = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong fingerprint) && _source.Find(fingerprint) is { } found
            ? found
            : throw new UiRequestException(StatusCodes.Status404NotFound, "there is no such alert now") { Fix = "An alert that ended is kept for an hour." };
        long now = _source.Now;
        return UiAnswer.WriteAsync(context, _clock, json =>
        {
            json.WritePropertyName("alert"u8);
            json.WriteAlert(alert);
            if (alert.Origin is { } origin)
            {
                WriteRule(json, origin);
                AlertCondition.Write(json, origin.Rule);
                AlertCondition.WriteSources(json, origin.Rule);
            }

            WriteTimeline(json, _timeline.Of(alert, now));
            RouteTrace.Write(json, _alerting.Alertmanager.Current.Root, alert.Labels);
            json.WriteStartArray("silences"u8);
            foreach (Silence silence in _alerting.Alertmanager.Silences.GetAll().Where(silence => silence.StateAt(now) != SilenceState.Expired && silence.Matches(alert.Labels)))
            {
                SilenceEndpoints.Write(json, silence, now);
            }

            json.WriteEndArray();
        });
    }

    private static void WriteRule(Utf8JsonWriter json, RuleOrigin origin)
    {
        RuleView rule = origin.Rule;
        json.WriteStartObject("rule"u8);
        json.WriteString("name"u8, rule.Name);
        json.WriteString("group"u8, origin.Group.Name);
        json.WriteString("file"u8, origin.Group.File);
        json.WriteNumber("line"u8, rule.Position.Line);
        json.WriteString("expr"u8, rule.ExprText);
        json.WriteNumber("forMs"u8, (long)rule.For.TotalMilliseconds);
        json.WriteNumber("keepFiringForMs"u8, (long)rule.KeepFiringFor.TotalMilliseconds);
        json.WriteString("health"u8, rule.Health switch
        {
            RuleHealth.Ok => "ok"u8,
            RuleHealth.Error => "err"u8,
            _ => "unknown"u8,
        });
        json.WriteIfKnown("lastEvaluation", rule.LastEvaluation);
        json.WriteNumber("evaluationMs"u8, rule.EvaluationDuration.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteTimeline(Utf8JsonWriter json, IReadOnlyList<TimelineEntry> entries)
    {
        json.WriteStartArray("timeline"u8);
        foreach (TimelineEntry entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, entry.Kind);
            json.WriteNumber("time"u8, entry.Time);
            json.WriteString("text"u8, entry.Text);
            json.WriteIfAny("detail", entry.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
