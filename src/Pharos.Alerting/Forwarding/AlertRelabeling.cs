using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;

namespace Pharos.Alerting.Forwarding;

/// <summary>What happens to the alerts of rules before they leave: external labels, then relabelling.</summary>
public static class AlertRelabeling
{
    /// <summary>The alerts that are left.</summary>
    /// <param name="alerts">As the rules sent them.</param>
    /// <param name="externalLabels">Added where an alert has no such label.</param>
    /// <param name="configs">The steps.</param>
    public static IReadOnlyList<Alert> Apply(IReadOnlyList<Alert> alerts, Labels externalLabels, IReadOnlyList<RelabelConfig> configs)
    {
        if (externalLabels.Count == 0 && configs.Count == 0)
        {
            return alerts;
        }

        var result = new List<Alert>(alerts.Count);
        var builder = new LabelsBuilder();
        foreach (Alert alert in alerts)
        {
            builder.Reset(alert.Labels);
            foreach (Label label in externalLabels.AsSpan())
            {
                if (!builder.Contains(label.Name))
                {
                    builder.Set(label.Name, label.Value);
                }
            }

            if (Relabeler.Process(builder, configs))
            {
                result.Add(alert with { Labels = builder.ToLabels() });
            }
        }

        return result;
    }
}
