using Pharos.Alerting.Alerts;
using Pharos.Alerting.Inhibition;

namespace Pharos.Alerting.Notifying;

/// <summary>Leaves out alerts that others hold back.</summary>
internal sealed class InhibitStage(Inhibitor inhibitor, AlertmanagerCounters counters) : IGroupStage
{
    public IReadOnlyList<StoredAlert> Filter(NotifyRun run, IReadOnlyList<StoredAlert> alerts)
    {
        StoredAlert[] left = [.. alerts.Where(alert => inhibitor.InhibitedBy(alert.Labels, run.Now).Count == 0)];
        if (left.Length < alerts.Count)
        {
            counters.AddInhibited(alerts.Count - left.Length);
            run.Explanation = $"{alerts.Count - left.Length} of {alerts.Count} alerts are inhibited";
        }

        return left;
    }
}
