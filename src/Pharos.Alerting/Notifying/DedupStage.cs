using Pharos.Alerting.Alerts;

namespace Pharos.Alerting.Notifying;

/// <summary>Ends the way of what the integration knows already.</summary>
internal sealed class DedupStage(NotificationLog log) : IDeliveryStage
{
    public ValueTask<IReadOnlyList<StoredAlert>> RunAsync(Delivery delivery, IReadOnlyList<StoredAlert> alerts, CancellationToken cancellationToken)
    {
        var firing = new HashSet<ulong>();
        var resolved = new HashSet<ulong>();
        foreach (StoredAlert alert in alerts)
        {
            (alert.IsResolvedAt(delivery.Run.Now) ? resolved : firing).Add(alert.Fingerprint);
        }

        delivery.Firing = firing;
        delivery.Resolved = resolved;
        NotifyRun run = delivery.Run;
        string? reason = ReasonToNotify(
            log.Find(delivery.Key), firing, resolved, delivery.Integration.SendResolved, run.Route.Options.RepeatInterval, run.Now);
        delivery.Reason = reason ?? "";
        return ValueTask.FromResult(reason is null ? [] : alerts);
    }

    /// <summary>Why the integration is to be told, in upstream's words; null when it is not.</summary>
    /// <param name="entry">What it was told last; null when nothing.</param>
    /// <param name="firing">What fires.</param>
    /// <param name="resolved">What has ended and was not told yet.</param>
    /// <param name="sendResolved">Whether it hears of the latter.</param>
    /// <param name="repeatInterval">After so long it is told again.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    public static string? ReasonToNotify(
        NotificationEntry? entry, HashSet<ulong> firing, HashSet<ulong> resolved, bool sendResolved, TimeSpan repeatInterval, long now)
    {
        if (entry is null)
        {
            return firing.Count > 0 ? "first notification" : null;
        }

        if (!firing.IsSubsetOf(entry.Firing))
        {
            return "new alerts in group";
        }

        // Also where resolved alerts are not sent: so that the log forgets what fired, and a new beginning is told.
        if (firing.Count == 0)
        {
            return entry.Firing.Count > 0 ? "all alerts resolved" : null;
        }

        if (sendResolved && !resolved.IsSubsetOf(entry.Resolved))
        {
            return "new resolved alerts";
        }

        return entry.Time < now - (long)repeatInterval.TotalMilliseconds ? "repeat interval elapsed" : null;
    }
}
