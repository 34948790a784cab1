using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Pharos.Instrumentation.AspNetCore;

/// <summary>
/// Requests by method, endpoint and status. Every label has few values: the endpoint is the template of the route, never the path that was asked
/// for; what no route took is <see cref="Unmatched"/>, and a method nobody knows is <see cref="OtherMethod"/>. Thread-safe.
/// </summary>
internal sealed class HttpMetrics
{
    public const string Unmatched = "unmatched";
    public const string OtherMethod = "other";

    private const int MaxStatus = 1000;

    private static readonly string[] Methods =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options, HttpMethods.Trace,
        HttpMethods.Connect,
    ];

    private static readonly string[] Statuses = [.. Enumerable.Range(0, MaxStatus).Select(static s => s.ToString(CultureInfo.InvariantCulture))];

    private readonly MetricFamily<Counter> _requests;
    private readonly MetricFamily<Histogram> _durations;
    private readonly PharosMetricsOptions _options;

    // By the text as it was mapped: as many as there are routes.
    private readonly ConcurrentDictionary<string, string> _endpoints = new(StringComparer.Ordinal);

    public HttpMetrics(MetricRegistry registry, PharosMetricsOptions options)
    {
        _options = options;
        _requests = registry.CounterFamily("http_requests_total", "Requests answered, by the template of their route.", ["method", "endpoint", "status"]);
        _durations = registry.HistogramFamily(
            "http_request_duration_seconds", "Seconds from the arrival of a request to the end of its answer.", options.RequestSeconds, ["method", "endpoint"]);
        InProgress = registry.Gauge("http_requests_in_progress", "Requests being answered now.");
    }

    public Gauge InProgress { get; }

    public void Count(string method, Endpoint? endpoint, int status, double seconds)
    {
        string knownMethod = KnownMethod(method);
        string template = Template(endpoint);
        _requests.With(knownMethod, template, StatusText(status)).Increment();
        _durations.With(knownMethod, template).Observe(seconds);
    }

    /// <summary>Makes the counters of all routes that name their methods, so that they start from zero.</summary>
    public void Expect(IEnumerable<Endpoint> endpoints)
    {
        foreach (Endpoint endpoint in endpoints.Where(static e => e.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null))
        {
            foreach (string method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                foreach (int status in _options.KnownStatuses)
                {
                    _requests.With(KnownMethod(method), Template(endpoint), StatusText(status));
                }

                _durations.With(KnownMethod(method), Template(endpoint));
            }
        }
    }

    private static string StatusText(int status) => Statuses[(uint)status < MaxStatus ? status : 0];

    private static string KnownMethod(string method)
    {
        foreach (string known in Methods)
        {
            if (HttpMethods.Equals(known, method))
            {
                return known;
            }
        }

        return OtherMethod;
    }

    private string Template(Endpoint? endpoint)
    {
        string? raw = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        return raw is null ? Unmatched : _endpoints.GetOrAdd(raw, static text => text.StartsWith('/') ? text : "/" + text);
    }
}
