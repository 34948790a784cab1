using System.Text.Json;
using Pharos.Alerting.Matchers;
using Pharos.Core.Labels;
using Route = Pharos.Alerting.Routing.Route;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>Tells which routes were tried for an alert, and why each took it or not.</summary>
internal static class RouteTrace
{
    /// <summary>Writes <c>routes</c> of <c>docs/api.md</c>, in the order in which they are tried.</summary>
    public static void Write(Utf8JsonWriter json, Route root, Labels labels)
    {
        json.WriteStartArray("routes"u8);
        Visit(json, root, labels);
        json.WriteEndArray();
    }

    private static bool Visit(Utf8JsonWriter json, Route route, Labels labels)
    {
        AlertMatcher? failed = route.Matchers.FirstOrDefault(matcher => !matcher.Matches(labels));
        if (failed is not null)
        {
            string value = labels[failed.Name];
            Write(json, route, false, value.Length == 0 ? $"{failed} fails: the alert has no {failed.Name}" : $"{failed} fails: the alert has {failed.Name}=\"{value}\"");
            return false;
        }

        bool isTakenBelow = false;
        foreach (Route child in route.Routes)
        {
            bool isTaken = Visit(json, child, labels);
            isTakenBelow |= isTaken;
            if (isTaken && !child.Continue)
            {
                break;
            }
        }

        if (!isTakenBelow)
        {
            Write(json, route, true, route.Matchers.Count == 0 ? "takes every alert that comes here" : string.Join(", ", route.Matchers));
        }

        return true;
    }

    private static void Write(Utf8JsonWriter json, Route route, bool isMatched, string reason)
    {
        json.WriteStartObject();
        json.WriteString("receiver"u8, route.Options.Receiver);
        json.WriteBoolean("matched"u8, isMatched);
        json.WriteBoolean("continue"u8, route.Continue);
        json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }
}
