using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.Server.Api;

namespace Pharos.Server.Journal;

/// <summary>
/// Tells the journal of versions that are new: another value of the label <c>version</c> of a job's <c>*_build_info</c> or <c>*_app_info</c> series than at the
/// last look. The first look at a job only learns. Not thread-safe.
/// </summary>
internal sealed class VersionWatch
{
    internal const string Query = "group by (job, version, __name__) ({__name__=~\".+_(?:build|app)_info|(?:build|app)_info\",version!=\"\"})";
    private const int MaxJobs = 1000;

    private readonly PrometheusApiServices _queries;
    private readonly IJournal _journal;
    private readonly Dictionary<(string Job, string Metric), SortedSet<string>> _known = [];

    public VersionWatch(PrometheusApiServices queries, IJournal journal)
    {
        _queries = queries;
        _journal = journal;
    }

    /// <summary>Asks the store once.</summary>
    /// <exception cref="QueryException">The query was not answered.</exception>
    /// <exception cref="StorageUnavailableException">The store is not open.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        long now = _queries.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        QueryResult result = await _queries.Engine.InstantAsync(_queries.Source, Query, now, cancellationToken).ConfigureAwait(false);
        var seen = new Dictionary<(string Job, string Metric), SortedSet<string>>();
        foreach (ResultRow row in result.Rows)
        {
            (string, string) key = (row.Labels["job"], row.Labels.MetricName);
            if (!seen.TryGetValue(key, out SortedSet<string>? versions))
            {
                versions = new SortedSet<string>(StringComparer.Ordinal);
                seen.Add(key, versions);
            }

            versions.Add(row.Labels["version"]);
        }

        foreach (((string Job, string Metric) key, SortedSet<string> versions) in seen)
        {
            Compare(key, versions, now);
        }
    }

    private void Compare((string Job, string Metric) key, SortedSet<string> versions, long now)
    {
        if (!_known.TryGetValue(key, out SortedSet<string>? before))
        {
            if (_known.Count < MaxJobs)
            {
                _known.Add(key, versions);
            }

            return;
        }

        _known[key] = versions;
        string[] added = [.. versions.Except(before)];
        if (added.Length > 0)
        {
            string detail = $"{string.Join(", ", before)} → {string.Join(", ", added)}";
            _journal.Record(new JournalEntry(now, JournalKind.Deployed, key.Job, detail, Labels.Of("job", key.Job, "version", added[^1])));
        }
    }
}
