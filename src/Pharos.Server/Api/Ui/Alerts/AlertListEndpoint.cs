using System.Text.Json;
using Pharos.Alerting;
using Pharos.Alerting.Alerts;
using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Receivers;
using Pharos.Server.Api.Alertmanager;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary><c>p/alerts</c>: what is wrong, grouped as it is told.</summary>
internal sealed class AlertListEndpoint(AlertingPart alerting, UiAlertSource source, TimeProvider clock)
{
    private const int MaxShown = 5000;
    private const long ResolvedShownMs = 3_600_000;

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "alerts", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        IReadOnlyList<UiAlert> all = source.GetAll();
        Dictionary<ulong, UiAlert> byFingerprint = all.ToDictionary(static alert => alert.Fingerprint);
        UiAlert[] pending = [.. all.Where(static alert => alert.State == UiAlertState.Pending)];
        long since = source.Now - ResolvedShownMs;
        UiAlert[] resolved = [.. all.Where(alert => alert.ResolvedAt >= since).OrderByDescending(static alert => alert.ResolvedAt)];
        return UiAnswer.WriteAsync(context, clock, json =>
        {
            json.WriteStartObject("counts"u8);
            json.WriteNumber("firing"u8, all.Count(static alert => alert.State == UiAlertState.Firing));
            json.WriteNumber("pending"u8, pending.Length);
            json.WriteNumber("silenced"u8, all.Count(static alert => alert.State == UiAlertState.Silenced));
            json.WriteEndObject();
            (int shown, int total) = WriteGroups(json, byFingerprint);
            json.WriteAlerts("pending", pending.Take(MaxShown));
            json.WriteAlerts("resolved", resolved.Take(MaxShown));
            shown += Math.Min(pending.Length, MaxShown) + Math.Min(resolved.Length, MaxShown);
            json.WriteLimited(shown, total + pending.Length + resolved.Length);
        });
    }

    private (int Shown, int Total) WriteGroups(Utf8JsonWriter json, Dictionary<ulong, UiAlert> byFingerprint)
    {
        ActiveAlertmanager current = alerting.Alertmanager.Current;
        Dictionary<string, Receiver> receivers = current.Receivers.ToDictionary(static receiver => receiver.Name, StringComparer.Ordinal);
        Dictionary<string, SentMessage> lastSent = LastSent();
        List<GroupView> groups = [.. current.GetGroups()];
        groups.Sort(AlertGroupEndpoint.Compare);
        int shown = 0;
        int total = 0;
        json.WriteStartArray("groups"u8);
        foreach (GroupView group in groups)
        {
            UiAlert[] alerts = [.. group.Alerts.Select(alert => Known(alert, byFingerprint)).OfType<UiAlert>()];
            total += alerts.Length;
            UiAlert[] taken = alerts[..Math.Min(alerts.Length, MaxShown - shown)];
            shown += taken.Length;
            if (taken.Length > 0)
            {
                WriteGroup(json, group, receivers[group.Route.Options.Receiver], lastSent.GetValueOrDefault(group.Key + "\0" + group.Route.Options.Receiver), taken);
            }
        }

        json.WriteEndArray();
        return (shown, total);
    }

    private static UiAlert? Known(StoredAlert alert, Dictionary<ulong, UiAlert> byFingerprint) =>
        byFingerprint.TryGetValue(alert.Fingerprint, out UiAlert? known) && known.State != UiAlertState.Resolved ? known : null;

    private Dictionary<string, SentMessage> LastSent()
    {
        var last = new Dictionary<string, SentMessage>(StringComparer.Ordinal);
        foreach (SentMessage message in alerting.Alertmanager.Notifications.Sent.Newest(int.MaxValue).Where(static message => message.IsDelivered))
        {
            last.TryAdd(message.Key.GroupKey + "\0" + message.Key.Receiver, message);
        }

        return last;
    }

    private static void WriteGroup(Utf8JsonWriter json, GroupView group, Receiver receiver, SentMessage? sent, UiAlert[] alerts)
    {
        // Told before this group's alerts began is not told of them.
        bool isSent = sent is not null && sent.Time >= group.Alerts.Min(static alert => alert.StartsAt);
        json.WriteStartObject();
        json.WriteString("receiver"u8, receiver.Name);
        json.WriteTexts("integrations", receiver.Integrations.Select(static integration => integration.Kind));
        json.WriteIfAny("channel", receiver.Integrations.Select(static integration => integration.Channel).FirstOrDefault(static channel => channel.Length > 0));
        json.WriteLabels("labels", group.Labels);
        json.WriteString("routeId"u8, group.Route.Id);
        json.WriteString("state"u8, receiver.Integrations.Count == 0 ? "noReceiver"u8
            : group.HasFailed || (group.Explanation.Length > 0 && !isSent) ? "notSent"u8
            : isSent ? "sent"u8
            : "waiting"u8);
        if (isSent)
        {
            json.WriteNumber("sentAt"u8, sent!.Time);
        }

        if (receiver.Integrations.Count > 0)
        {
            bool waits = !isSent || group.HasFailed;
            json.WriteNumber("nextAt"u8, waits ? group.NextFlushAt : sent!.Time + (long)group.Route.Options.RepeatInterval.TotalMilliseconds);
            json.WriteIfAny("error", group.HasFailed || !isSent ? group.Explanation : null);
        }

        json.WriteAlerts("alerts", alerts);
        json.WriteEndObject();
    }
}
