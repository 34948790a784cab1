using Pharos.Alerting.Configuration;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Inhibition;

/// <summary>
/// Says which alerts are held back because others fire. It is told of every alert as it arrives and knows nothing else. Callable from any thread.
/// </summary>
public sealed class Inhibitor
{
    private readonly InhibitRule[] _rules;

    /// <summary>Starts without alerts.</summary>
    public Inhibitor(IReadOnlyList<InhibitRuleConfig> rules)
    {
        _rules = [.. rules.Select(static r => new InhibitRule(r))];
    }

    /// <summary>Takes an alert that fires, or that ended: with an <see cref="Alert.EndsAt"/> that has passed it no longer holds others back.</summary>
    public void Observe(Alert alert)
    {
        foreach (InhibitRule rule in _rules)
        {
            rule.Observe(alert);
        }
    }

    /// <summary>The fingerprints of the alerts that hold this one back, one a rule at most; none when it may be sent.</summary>
    /// <param name="labels">The alert's.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    public IReadOnlyList<ulong> InhibitedBy(Labels labels, long now)
    {
        List<ulong>? found = null;
        foreach (InhibitRule rule in _rules)
        {
            if (rule.InhibitedBy(labels, now) is { } source && found?.Contains(source) != true)
            {
                (found ??= []).Add(source);
            }
        }

        return found ?? [];
    }

    /// <summary>Forgets alerts that ended. To be called now and then, or memory grows with every alert that ever came.</summary>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    public void Collect(long now)
    {
        foreach (InhibitRule rule in _rules)
        {
            rule.Collect(now);
        }
    }
}
