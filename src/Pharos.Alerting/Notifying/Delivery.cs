using Pharos.Alerting.Alerts;
using Pharos.Alerting.Receivers;

namespace Pharos.Alerting.Notifying;

/// <summary>What one integration is to be told by one flush. Owned by it; stages run one after another.</summary>
/// <param name="run">The flush.</param>
/// <param name="integration">Who is told.</param>
/// <param name="gate">How the integration is spared.</param>
internal sealed class Delivery(NotifyRun run, IIntegration integration, IntegrationGate gate) : IDisposable
{
    private bool _holdsSlot;

    public NotifyRun Run => run;

    public IIntegration Integration => integration;

    public IntegrationGate Gate => gate;

    public NotificationKey Key { get; } = new(run.GroupKey, run.Route.Options.Receiver, integration.Kind, integration.Index);

    /// <summary>Fingerprints of what fires; set by <see cref="DedupStage"/>.</summary>
    public IReadOnlySet<ulong> Firing { get; set; } = new HashSet<ulong>();

    /// <summary>Fingerprints of what has ended; set by <see cref="DedupStage"/>.</summary>
    public IReadOnlySet<ulong> Resolved { get; set; } = new HashSet<ulong>();

    /// <summary>Why it is told, in upstream's words.</summary>
    public string Reason { get; set; } = "unknown";

    /// <summary>The message, once it was delivered or given up.</summary>
    public SentMessage? Message { get; set; }

    /// <summary>Waits until the integration has room for one more message. It is given back by <see cref="Dispose"/>.</summary>
    public async ValueTask TakeSlotAsync(CancellationToken cancellationToken)
    {
        await gate.Slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        _holdsSlot = true;
    }

    /// <summary>The message as it is kept in the log of messages.</summary>
    public SentMessage Describe(IReadOnlyList<StoredAlert> alerts, long time, TimeSpan duration, int attempts, string error) => new(
        time,
        Key,
        run.GroupLabels,
        [.. alerts.Take(SentMessage.MaxAlerts).Select(alert => new SentAlert(alert.Fingerprint, alert.Labels, alert.IsResolvedAt(run.Now)))],
        alerts.Count,
        alerts.All(alert => alert.IsResolvedAt(run.Now)),
        duration,
        attempts,
        error);

    public void Dispose()
    {
        if (_holdsSlot)
        {
            _holdsSlot = false;
            gate.Slots.Release();
        }
    }
}
