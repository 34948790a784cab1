using Pharos.Alerting.Dispatching;
using Pharos.Alerting.Notifying;
using Pharos.Alerting.Silencing;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary>Tells an alert's story: from the journal, the log of messages, the silences and the groups it is in.</summary>
internal sealed class AlertTimeline(AlertingPart alerting, IJournal journal)
{
    private const int MaxJournal = 10_000;
    private const int MaxMessages = 100;
    private const long JournalMs = 7L * 24 * 3_600_000;

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<TimelineEntry> Of(UiAlert alert, long now)
    {
        var entries = new List<TimelineEntry>();
        AddStates(entries, alert, now);
        AddRouted(entries, alert);
        AddMessages(entries, alert);
        foreach (Silence silence in alerting.Alertmanager.Silences.GetAll().Where(silence => silence.StartsAt <= now && silence.Matches(alert.Labels) && silence.EndsAt >= alert.Since))
        {
            entries.Add(new TimelineEntry("silenced", silence.StartsAt, $"Silenced by {silence.CreatedBy}", silence.Comment));
        }

        AddNext(entries, alert);
        entries.Sort(static (x, y) => x.Time.CompareTo(y.Time));
        return entries;
    }

    private void AddStates(List<TimelineEntry> entries, UiAlert alert, long now)
    {
        Labels own = alert.Origin?.Alert.Labels ?? alert.Labels;
        JournalEntry[] known =
        [
            .. journal.Read(now - JournalMs, now, MaxJournal).Where(entry =>
                entry.Kind is JournalKind.AlertPending or JournalKind.AlertFiring or JournalKind.AlertResolved && (entry.Labels.Equals(own) || entry.Labels.Equals(alert.Labels))),
        ];
        foreach (JournalEntry entry in known)
        {
            (string kind, string text) = entry.Kind switch
            {
                JournalKind.AlertPending => ("pending", "Pending: the condition holds"),
                JournalKind.AlertFiring => ("firing", "Firing"),
                _ => ("resolved", "Resolved"),
            };
            entries.Add(new TimelineEntry(kind, entry.Time, text, entry.Detail));
        }

        if (known.Length > 0)
        {
            return;
        }

        // An alert of another sender, or one that began before the journal.
        if (alert.FiringSince == 0 || alert.Since < alert.FiringSince)
        {
            entries.Add(new TimelineEntry("pending", alert.Since, "Pending: the condition holds"));
        }

        if (alert.FiringSince != 0)
        {
            entries.Add(new TimelineEntry("firing", alert.FiringSince, "Firing"));
        }

        if (alert.ResolvedAt != 0)
        {
            entries.Add(new TimelineEntry("resolved", alert.ResolvedAt, "Resolved"));
        }
    }

    private void AddMessages(List<TimelineEntry> entries, UiAlert alert)
    {
        foreach (SentMessage message in alerting.Alertmanager.Notifications.Sent.Of(alert.Fingerprint, MaxMessages).Where(message => message.Time >= alert.Since))
        {
            string others = message.AlertCount > 1 ? $" with {message.AlertCount - 1} more" : "";
            entries.Add(message.IsDelivered
                ? new TimelineEntry("sent", message.Time, $"{message.Key.Receiver} was told by {message.Key.Integration}{others}", message.IsResolved ? "resolved" : "firing")
                : new TimelineEntry("failed", message.Time, $"{message.Key.Receiver} could not be told by {message.Key.Integration}", message.Error));
        }
    }

    private static void AddRouted(List<TimelineEntry> entries, UiAlert alert)
    {
        if (alert.FiringSince != 0 && alert.Receivers.Count > 0)
        {
            entries.Add(new TimelineEntry("routed", alert.FiringSince, $"Goes to {string.Join(", ", alert.Receivers)}"));
        }
    }

    private void AddNext(List<TimelineEntry> entries, UiAlert alert)
    {
        if (alert.FiresAt != 0)
        {
            entries.Add(new TimelineEntry("next", alert.FiresAt, "Fires, if the condition holds on"));
        }

        foreach (GroupView group in alerting.Alertmanager.Current.GetGroups().Where(group => group.Alerts.Any(member => member.Fingerprint == alert.Fingerprint)))
        {
            entries.Add(new TimelineEntry("next", group.NextFlushAt, $"{group.Route.Options.Receiver} is told what is new", group.Explanation));
        }
    }
}
