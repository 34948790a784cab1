using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Time;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Scrape.Targets;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Server.Dashboards;

/// <summary>How often the series behind a selector get samples: the longest interval of the jobs that its series have. One serves one request; thread-safe.</summary>
internal sealed class ScrapeIntervals
{
    private const string JobLabel = "job";

    private readonly ISeriesSource _source;
    private readonly long _globalMs;
    private readonly Dictionary<string, long> _ofJob = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long?> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <param name="source">Where series come from.</param>
    /// <param name="pools">The jobs as they are now.</param>
    /// <param name="global">Where no job is known, as for the series of rules.</param>
    public ScrapeIntervals(ISeriesSource source, IReadOnlyList<ScrapePoolView> pools, TimeSpan global)
    {
        _source = source;
        _globalMs = (long)global.TotalMilliseconds;
        foreach (TargetView target in pools.SelectMany(static pool => pool.Active))
        {
            string job = target.Labels[JobLabel];
            if (PrometheusDuration.TryParse(target.ScrapeInterval, out TimeSpan interval, out _))
            {
                _ofJob[job] = Math.Max(_ofJob.GetValueOrDefault(job), (long)interval.TotalMilliseconds);
            }
        }
    }

    /// <summary>Milliseconds; of several selectors the longest.</summary>
    /// <param name="expression">What is asked.</param>
    /// <param name="from">Milliseconds since the Unix epoch.</param>
    /// <param name="to">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public long Of(Expr expression, long from, long to, CancellationToken cancellationToken)
    {
        long longest = 0;
        foreach (VectorSelector selector in ExpressionSelectors.Of(expression))
        {
            longest = Math.Max(longest, OfSelector(selector, from, to, cancellationToken) ?? 0);
        }

        return longest > 0 ? longest : _globalMs;
    }

    private long? OfSelector(VectorSelector selector, long from, long to, CancellationToken cancellationToken)
    {
        string key = string.Join(',', selector.Matchers);
        lock (_lock)
        {
            if (_known.TryGetValue(key, out long? known))
            {
                return known;
            }
        }

        long? found = Find(selector.Matchers, from, to, cancellationToken);
        lock (_lock)
        {
            _known[key] = found;
        }

        return found;
    }

    private long? Find(IReadOnlyList<Matcher> matchers, long from, long to, CancellationToken cancellationToken)
    {
        if (matchers.FirstOrDefault(static m => m is { Type: MatchType.Equal, Name: JobLabel }) is { } named)
        {
            return _ofJob.TryGetValue(named.Value, out long interval) ? interval : null;
        }

        if (_ofJob.Count == 0)
        {
            return null;
        }

        // All jobs alike, as nearly always: no need to look at the series.
        long first = _ofJob.Values.First();
        if (_ofJob.Values.All(interval => interval == first))
        {
            return first;
        }

        using ISeriesQuerier querier = _source.OpenQuerier();
        IReadOnlyList<string> jobs = querier.LabelValues(JobLabel, [matchers], from, to, cancellationToken);
        List<long> intervals = [.. jobs.Where(_ofJob.ContainsKey).Select(job => _ofJob[job])];
        return intervals.Count > 0 ? intervals.Max() : null;
    }
}
