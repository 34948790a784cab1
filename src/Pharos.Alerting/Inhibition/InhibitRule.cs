using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Inhibition;

/// <summary>One rule with the source alerts it knows, found by their labels that must be equal.</summary>
internal sealed class InhibitRule(InhibitRuleConfig config)
{
    // Guards the sources. By the values of the equal labels, then by the alert's own labels.
    private readonly Lock _lock = new();
    private readonly Dictionary<Labels, Dictionary<Labels, long>> _sources = [];

    public void Observe(Alert alert)
    {
        if (!config.SourceMatchers.Matches(alert.Labels))
        {
            return;
        }

        Labels key = KeyOf(alert.Labels);
        lock (_lock)
        {
            if (!_sources.TryGetValue(key, out Dictionary<Labels, long>? alerts))
            {
                _sources[key] = alerts = [];
            }

            alerts[alert.Labels] = alert.EndsAt;
        }
    }

    /// <summary>The fingerprint of an alert that holds this one back; null when none does.</summary>
    public ulong? InhibitedBy(Labels labels, long now)
    {
        if (!config.TargetMatchers.Matches(labels))
        {
            return null;
        }

        // What is on both sides of the rule may not be held back by what is on both sides as well: two such alerts would silence each other, and one itself.
        bool isSource = config.SourceMatchers.Matches(labels);
        lock (_lock)
        {
            if (!_sources.TryGetValue(KeyOf(labels), out Dictionary<Labels, long>? alerts))
            {
                return null;
            }

            foreach ((Labels source, long endsAt) in alerts)
            {
                if ((endsAt == 0 || endsAt > now) && !(isSource && config.TargetMatchers.Matches(source)))
                {
                    return AlertFingerprint.Of(source);
                }
            }
        }

        return null;
    }

    public void Collect(long now)
    {
        lock (_lock)
        {
            foreach ((Labels key, Dictionary<Labels, long> alerts) in _sources)
            {
                foreach ((Labels source, long endsAt) in alerts)
                {
                    if (endsAt != 0 && endsAt <= now)
                    {
                        alerts.Remove(source);
                    }
                }

                if (alerts.Count == 0)
                {
                    _sources.Remove(key);
                }
            }
        }
    }

    private Labels KeyOf(Labels labels)
    {
        var key = new LabelsBuilder(config.Equal.Count);
        foreach (string name in config.Equal)
        {
            key.Set(name, labels[name]);
        }

        return key.ToLabels();
    }
}
