using System.Text.Json;
using Pharos.Alerting;
using Pharos.Alerting.Alerts;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Receivers;
using Pharos.Server.Lifecycle;
using Route = Pharos.Alerting.Routing.Route;
using RouteOptions = Pharos.Alerting.Routing.RouteOptions;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary><c>p/routes</c>: the routing tree with what goes which way now, and how the receivers do.</summary>
internal sealed class RoutesEndpoint(AlertingPart alerting, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "routes", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        ActiveAlertmanager current = alerting.Alertmanager.Current;
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var counts = new Dictionary<int, int>();
        foreach (StoredAlert alert in alerting.Alertmanager.Alerts.GetAll().Where(alert => !alert.IsResolvedAt(now)))
        {
            foreach (Route route in current.Root.Match(alert.Labels))
            {
                counts[route.Index] = counts.GetValueOrDefault(route.Index) + 1;
            }
        }

        HashSet<string> silent = [.. current.Receivers.Where(static receiver => receiver.Integrations.Count == 0).Select(static receiver => receiver.Name)];
        IReadOnlyList<SentMessage> sent = alerting.Alertmanager.Notifications.Sent.Newest(int.MaxValue);
        return UiAnswer.WriteAsync(context, clock, json =>
        {
            json.WritePropertyName("route"u8);
            WriteRoute(json, current.Root, counts, silent, isCovered: false);
            json.WriteStartArray("receivers"u8);
            foreach (Receiver receiver in current.Receivers)
            {
                WriteReceiver(json, receiver, sent.FirstOrDefault(message => message.Key.Receiver == receiver.Name && message.IsDelivered),
                    sent.FirstOrDefault(message => message.Key.Receiver == receiver.Name));
            }

            json.WriteEndArray();
            json.WriteIfAny("file", current.File.Path);
        });
    }

    private static void WriteRoute(Utf8JsonWriter json, Route route, Dictionary<int, int> counts, HashSet<string> silent, bool isCovered)
    {
        RouteOptions options = route.Options;
        json.WriteStartObject();
        json.WriteString("id"u8, route.Id);
        json.WriteString("receiver"u8, options.Receiver);
        json.WriteTexts("matchers", route.Matchers.Select(static matcher => matcher.ToString()));
        json.WriteBoolean("continue"u8, route.Continue);
        json.WriteTexts("groupBy", options.GroupByAll ? ["..."] : options.GroupBy);
        json.WriteNumber("groupWaitMs"u8, (long)options.GroupWait.TotalMilliseconds);
        json.WriteNumber("groupIntervalMs"u8, (long)options.GroupInterval.TotalMilliseconds);
        json.WriteNumber("repeatIntervalMs"u8, (long)options.RepeatInterval.TotalMilliseconds);
        json.WriteNumber("alerts"u8, counts.GetValueOrDefault(route.Index));
        json.WriteIfAny("hint", isCovered ? "Never reached: a route before it takes every alert and does not continue."
            : silent.Contains(options.Receiver) ? $"The receiver {options.Receiver} has no integration: nobody is told."
            : null);
        json.WriteStartArray("routes"u8);
        foreach (Route child in route.Routes)
        {
            WriteRoute(json, child, counts, silent, isCovered);
            isCovered |= child.Matchers.Count == 0 && !child.Continue;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReceiver(Utf8JsonWriter json, Receiver receiver, SentMessage? delivered, SentMessage? last)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, receiver.Name);
        json.WriteTexts("integrations", receiver.Integrations.Select(static integration => integration.Kind));
        json.WriteTimeIfKnown("lastSentAt", delivered?.Time ?? 0);
        json.WriteIfAny("lastError", last is { IsDelivered: false } ? last.Error : receiver.Integrations.Select(static integration => integration.Unavailable).OfType<string>().FirstOrDefault());
        json.WriteEndObject();
    }
}
