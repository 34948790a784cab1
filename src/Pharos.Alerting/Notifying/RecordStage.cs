using Pharos.Alerting.Alerts;

namespace Pharos.Alerting.Notifying;

/// <summary>Remembers what the integration knows now.</summary>
internal sealed class RecordStage(NotificationLog log, IAlertingLog messages) : IDeliveryStage
{
    public async ValueTask<IReadOnlyList<StoredAlert>> RunAsync(Delivery delivery, IReadOnlyList<StoredAlert> alerts, CancellationToken cancellationToken)
    {
        try
        {
            await log.RecordAsync(delivery.Key, delivery.Firing, delivery.Resolved, delivery.Run.Route.Options.RepeatInterval, delivery.Message).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            messages.WriteFailed("notification log", exception.Message);
        }

        return alerts;
    }
}
