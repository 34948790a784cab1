using Pharos.Alerting.Configuration;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Receivers;

/// <summary>An integration that this version cannot deliver to: every message fails, and says why.</summary>
internal sealed class UnavailableIntegration(IntegrationConfig config, string reason) : IIntegration
{
    public string Kind => config.Kind;

    public int Index => config.Index;

    public bool SendResolved => config.SendResolved;

    public string Channel => "";

    public string? Unavailable => reason;

    public Task<DeliveryResult> NotifyAsync(NotificationGroup group, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken) =>
        Task.FromResult(new DeliveryResult(DeliveryOutcome.Failed, reason));

    public void Dispose()
    {
    }
}
