using Pharos.Core.Contracts;

namespace Pharos.Server.Lifecycle;

/// <summary>Hands the alerts of rules to every Alertmanager that there is, inside and outside. The list is made before rules are evaluated.</summary>
internal sealed class AlertFanOut(params IReadOnlyList<IAlertSink> sinks) : IAlertSink
{
    public void Send(IReadOnlyList<Alert> alerts)
    {
        foreach (IAlertSink sink in sinks)
        {
            sink.Send(alerts);
        }
    }
}
