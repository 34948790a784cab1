using Pharos.Alerting.Configuration;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Receivers;

/// <summary>An integration that this version has no sender for: every message fails, and says why.</summary>
internal sealed class UnavailableIntegration(UnavailableConfig config) : IIntegration
{
    public string Kind => config.Kind;

    public int Index => config.Index;

    public bool SendResolved => config.SendResolved;

    public string Channel => "";

    public string? Unavailable => config.Reason;

    public Task<DeliveryResult> NotifyAsync(NotificationGroup group, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken) =>
        Task.FromResult(new DeliveryResult(DeliveryOutcome.Failed, config.Reason));

    public void Dispose()
    {
    }
}
