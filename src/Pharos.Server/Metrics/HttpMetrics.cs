using System.Collections.Concurrent;
using System.Globalization;

namespace Pharos.Server.Metrics;

/// <summary>Requests by handler and status. The handlers are the routes, so their number is bounded whatever clients ask for.</summary>
internal sealed class HttpMetrics : IMetricSource
{
    private readonly ConcurrentDictionary<string, HandlerMetrics> _handlers = new(StringComparer.Ordinal);
    private long _inFlight;

    /// <summary>Notes that a request begins.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>Notes the end of a request that <see cref="Begin"/> was called for.</summary>
    /// <param name="handler">Its route.</param>
    /// <param name="statusCode">What was answered.</param>
    /// <param name="duration">How long it took; null for a stream of events, which lasts as long as somebody listens.</param>
    public void End(string handler, int statusCode, TimeSpan? duration)
    {
        Interlocked.Decrement(ref _inFlight);
        _handlers.GetOrAdd(handler, static _ => new HandlerMetrics()).Observe(statusCode, duration);
    }

    public void Write(MetricWriter writer)
    {
        KeyValuePair<string, HandlerMetrics>[] handlers = [.. _handlers.OrderBy(static pair => pair.Key, StringComparer.Ordinal)];
        writer.Gauge("pharos_http_requests_in_flight", "Requests being answered now.", Volatile.Read(ref _inFlight));
        writer.Family("prometheus_http_requests_total", MetricKind.Counter, "Counter of HTTP requests.");
        foreach ((string handler, HandlerMetrics metrics) in handlers)
        {
            foreach ((int code, long count) in metrics.Counts)
            {
                writer.Sample(count, ("code", code.ToString(CultureInfo.InvariantCulture)), ("handler", handler));
            }
        }

        writer.Family("prometheus_http_request_duration_seconds", MetricKind.Histogram, "Histogram of latencies for HTTP requests.");
        foreach ((string handler, HandlerMetrics metrics) in handlers)
        {
            writer.Histogram(metrics.Duration, ("handler", handler));
        }
    }
}
