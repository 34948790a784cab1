using Pharos.Alerting.Receivers;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Tests;

/// <summary>A message that a <see cref="FakeIntegration"/> took.</summary>
internal sealed record FakeMessage(NotificationGroup Group, IReadOnlyList<Alert> Alerts)
{
    public IEnumerable<string> Firing => Alerts.Where(alert => alert.EndsAt == 0).Select(static alert => alert.Labels["instance"]);

    public IEnumerable<string> Resolved => Alerts.Where(alert => alert.EndsAt != 0).Select(static alert => alert.Labels["instance"]);
}
