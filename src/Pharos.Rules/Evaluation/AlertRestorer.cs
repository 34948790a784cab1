using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Rules.Evaluation;

/// <summary>After a restart, lets alerts go on waiting where they were, as far as the stored series of their states tell.</summary>
internal sealed class AlertRestorer(RuleManagerOptions options)
{
    /// <summary>Restores the alerts of some rules.</summary>
    /// <param name="rules">Each is marked as restored, also where nothing was found.</param>
    /// <param name="now">The time by the clock.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StorageUnavailableException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public void Restore(IEnumerable<AlertingRule> rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using ISeriesQuerier querier = options.Source.OpenQuerier();
        foreach (AlertingRule rule in rules)
        {
            // Alerts that wait no longer than the grace period wait for all of it again.
            if (rule.Config.For >= options.GracePeriod)
            {
                Dictionary<Labels, Sample> last = ReadLast(querier, rule, now, cancellationToken);
                if (last.Count > 0)
                {
                    rule.Restore(labels => last.TryGetValue(labels, out Sample sample) ? ActiveAt(sample, rule.Config.For, now) : null);
                }
            }

            rule.IsRestored = true;
        }
    }

    private Dictionary<Labels, Sample> ReadLast(ISeriesQuerier querier, AlertingRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long from = (now - options.OutageTolerance).ToUnixTimeMilliseconds();
        long to = now.ToUnixTimeMilliseconds();
        ISeriesSet set = querier.Select(new SeriesSelection(rule.ForStateMatchers(), from, to), cancellationToken);
        var last = new Dictionary<Labels, Sample>(set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            if (set.TryReadLast(i, from, to, out Sample sample) && !Staleness.IsMarker(sample.Value))
            {
                last[new LabelsBuilder(set.GetLabels(i)).Remove(Label.MetricName).ToLabels()] = sample;
            }
        }

        return last;
    }

    // Three cases, as upstream: it fired when the server went away; it would fire before the grace period is over, so that it fires at its end;
    // or the time away is added to its waiting.
    private DateTimeOffset? ActiveAt(Sample sample, TimeSpan holdFor, DateTimeOffset now)
    {
        // Of another hand: ours are whole seconds since the epoch.
        if (!(sample.Value >= 0 && sample.Value <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()))
        {
            return null;
        }

        DateTimeOffset wentAway = DateTimeOffset.FromUnixTimeSeconds(sample.Timestamp / 1000);
        DateTimeOffset activeAt = DateTimeOffset.FromUnixTimeSeconds((long)sample.Value);
        TimeSpan remaining = holdFor - (wentAway - activeAt);
        if (remaining <= TimeSpan.Zero)
        {
            return activeAt;
        }

        return remaining < options.GracePeriod ? now + options.GracePeriod - holdFor : activeAt + (now - wentAway);
    }
}
