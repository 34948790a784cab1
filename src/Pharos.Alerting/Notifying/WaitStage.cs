using Pharos.Alerting.Alerts;

namespace Pharos.Alerting.Notifying;

/// <summary>
/// Waits for the integration's room for one more message. Upstream waits here for its peers, which a single instance has none of; it stands behind
/// <see cref="DedupStage"/>, so that a group with nothing to tell waits for nobody.
/// </summary>
internal sealed class WaitStage : IDeliveryStage
{
    public async ValueTask<IReadOnlyList<StoredAlert>> RunAsync(Delivery delivery, IReadOnlyList<StoredAlert> alerts, CancellationToken cancellationToken)
    {
        await delivery.TakeSlotAsync(cancellationToken).ConfigureAwait(false);
        return alerts;
    }
}
