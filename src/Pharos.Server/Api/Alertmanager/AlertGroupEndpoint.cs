using System.Text.Json;
using Pharos.Alerting;
using Pharos.Alerting.Alerts;
using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Receivers;
using Pharos.Core.Labels;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Alertmanager;

/// <summary><c>/api/v2/alerts/groups</c>.</summary>
internal sealed class AlertGroupEndpoint(AlertingPart alerting, TimeProvider clock)
{
    public Task ListAsync(HttpContext context)
    {
        Pharos.Alerting.Alertmanager alertmanager = alerting.Alertmanager;
        ActiveAlertmanager current = alertmanager.Current;
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var parameters = new ApiV2Parameters(context.Request);
        var query = new AlertQuery(parameters, alertmanager, now);
        bool wantsMuted = parameters.IsOn("muted");
        Dictionary<string, Receiver> byName = current.Receivers.ToDictionary(static receiver => receiver.Name, StringComparer.Ordinal);
        var found = new List<Found>();
        foreach (GroupView group in current.GetGroups())
        {
            IReadOnlyList<string> mutedBy = current.MutedBy(group.Route, now);
            if (!parameters.Wants(byName[group.Route.Options.Receiver]) || (!wantsMuted && mutedBy.Count > 0))
            {
                continue;
            }

            List<(StoredAlert, AlertStatus)> alerts = [];
            foreach (StoredAlert alert in group.Alerts)
            {
                if (query.Judge(alert) is { } status)
                {
                    alerts.Add((alert, status));
                }
            }

            if (alerts.Count > 0)
            {
                found.Add(new Found(group, mutedBy, alerts));
            }
        }

        found.Sort(static (x, y) => Compare(x.Group, y.Group));
        return ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            found.ForEach(group => Write(json, group, current));
            json.WriteEndArray();
        });
    }

    /// <summary>Upstream's order of groups: by labels, then by receiver.</summary>
    public static int Compare(GroupView x, GroupView y)
    {
        int order = Labels.Compare(x.Labels, y.Labels);
        return order != 0 ? order : Utf8Ordinal.Compare(x.Route.Options.Receiver, y.Route.Options.Receiver);
    }

    private static void Write(Utf8JsonWriter json, Found found, ActiveAlertmanager current)
    {
        json.WriteStartObject();
        json.WriteStartArray("alerts"u8);
        foreach ((StoredAlert alert, AlertStatus status) in found.Alerts)
        {
            AlertJson.Write(json, alert, status, current.Root.Match(alert.Labels).Select(static route => route.Options.Receiver), found.MutedBy);
        }

        json.WriteEndArray();
        json.WriteLabels("labels", found.Group.Labels);
        json.WritePropertyName("receiver"u8);
        AlertJson.WriteReceiver(json, found.Group.Route.Options.Receiver);
        json.WriteLabels("routeLabels", found.Group.Route.Options.Labels);
        json.WriteEndObject();
    }

    private sealed record Found(GroupView Group, IReadOnlyList<string> MutedBy, List<(StoredAlert, AlertStatus)> Alerts);
}
