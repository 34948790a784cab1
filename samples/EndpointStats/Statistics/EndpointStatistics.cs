using System.Collections.Concurrent;

namespace EndpointStats.Statistics;

/// <summary>Counts requests by the route that took them. Thread-safe; as many entries as there are routes.</summary>
internal sealed class EndpointStatistics
{
    private readonly ConcurrentDictionary<(string Method, string Endpoint), Entry> _entries = new();

    public void Add(string method, string endpoint, int status, double seconds) =>
        _entries.GetOrAdd((method, endpoint), static _ => new Entry()).Add(status, seconds);

    /// <summary>All endpoints that were asked, by name.</summary>
    public IReadOnlyList<EndpointReport> Report() =>
        [.. _entries.OrderBy(static e => e.Key.Endpoint, StringComparer.Ordinal).ThenBy(static e => e.Key.Method, StringComparer.Ordinal).Select(static e => e.Value.Report(e.Key.Method, e.Key.Endpoint))];

    private sealed class Entry
    {
        // Guards everything below.
        private readonly Lock _lock = new();
        private readonly RecentDurations _durations = new();
        private long _requests;
        private long _errors;
        private double _seconds;

        public void Add(int status, double seconds)
        {
            lock (_lock)
            {
                _requests++;
                _errors += status >= StatusCodes.Status500InternalServerError ? 1 : 0;
                _seconds += seconds;
                _durations.Add(seconds);
            }
        }

        public EndpointReport Report(string method, string endpoint)
        {
            lock (_lock)
            {
                double[] quantiles = _durations.Quantiles(0.5, 0.95, 0.99);
                return new EndpointReport(method, endpoint, _requests, _errors, _seconds / _requests, quantiles[0], quantiles[1], quantiles[2]);
            }
        }
    }
}
