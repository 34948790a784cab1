using Pharos.Alerting.Alerts;
using Pharos.Alerting.Silencing;

namespace Pharos.Alerting.Notifying;

/// <summary>Leaves out alerts that are silenced.</summary>
internal sealed class SilenceStage(SilenceStore silences, AlertmanagerCounters counters) : IGroupStage
{
    public IReadOnlyList<StoredAlert> Filter(NotifyRun run, IReadOnlyList<StoredAlert> alerts)
    {
        StoredAlert[] left = [.. alerts.Where(alert => silences.FindMuting(alert.Labels).Count == 0)];
        if (left.Length < alerts.Count)
        {
            counters.AddSilenced(alerts.Count - left.Length);
            run.Explanation = $"{alerts.Count - left.Length} of {alerts.Count} alerts are silenced";
        }

        return left;
    }
}
