using Pharos.Core.Contracts;
using Pharos.Scrape.Targets;

namespace Pharos.Server.Journal;

/// <summary>
/// Tells the journal when a target that was up goes down, and when one that went down is up again. A target that never was up tells nothing: it did not change.
/// When many of a job change in one look they are one entry. Not thread-safe.
/// </summary>
internal sealed class TargetWatch
{
    private const int MaxEntriesPerJob = 10;

    private readonly Func<IReadOnlyList<ScrapePoolView>> _pools;
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private Dictionary<(string Job, string Url, Core.Labels.Labels Labels), TargetHealth> _known = [];

    public TargetWatch(Func<IReadOnlyList<ScrapePoolView>> pools, IJournal journal, TimeProvider clock)
    {
        _pools = pools;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Compares with the look before.</summary>
    public void Look()
    {
        var next = new Dictionary<(string Job, string Url, Core.Labels.Labels Labels), TargetHealth>();
        foreach (ScrapePoolView pool in _pools())
        {
            var down = new List<TargetView>();
            var up = new List<TargetView>();
            foreach (TargetView target in pool.Active)
            {
                (string, string, Core.Labels.Labels) key = (pool.Name, target.ScrapeUrl, target.Labels);
                TargetHealth before = _known.GetValueOrDefault(key);

                // While a target that restarts its loop is unknown, what it was before counts.
                TargetHealth now = target.Health == TargetHealth.Unknown ? before : target.Health;
                next[key] = now;
                if (before == TargetHealth.Up && now == TargetHealth.Down)
                {
                    down.Add(target);
                }
                else if (before == TargetHealth.Down && now == TargetHealth.Up)
                {
                    up.Add(target);
                }
            }

            Record(JournalKind.TargetDown, pool, down);
            Record(JournalKind.TargetUp, pool, up);
        }

        _known = next;
    }

    private void Record(JournalKind kind, ScrapePoolView pool, List<TargetView> targets)
    {
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (targets.Count > MaxEntriesPerJob)
        {
            string detail = $"{targets.Count} of {pool.Active.Count} targets";
            _journal.Record(new JournalEntry(now, kind, pool.Name, detail, Core.Labels.Labels.Of("job", pool.Name)));
            return;
        }

        foreach (TargetView target in targets)
        {
            string instance = target.Labels["instance"];
            _journal.Record(new JournalEntry(now, kind, instance.Length > 0 ? instance : target.ScrapeUrl, target.LastError, target.Labels));
        }
    }
}
