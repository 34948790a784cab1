using Pharos.Alerting.Alerts;

namespace Pharos.Alerting.Notifying;

/// <summary>A step on the way to one integration. Callable from any thread.</summary>
internal interface IDeliveryStage
{
    /// <summary>The alerts that go on; none: this integration is not told anything now.</summary>
    /// <exception cref="NotifyException">The message is given up.</exception>
    /// <exception cref="OperationCanceledException">The time of the flush is over.</exception>
    ValueTask<IReadOnlyList<StoredAlert>> RunAsync(Delivery delivery, IReadOnlyList<StoredAlert> alerts, CancellationToken cancellationToken);
}
