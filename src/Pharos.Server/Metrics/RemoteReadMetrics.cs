using Pharos.Remote.Reading;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Metrics;

/// <summary>What was asked by remote read, of this server and by it.</summary>
internal sealed class RemoteReadMetrics : IMetricSource
{
    private readonly RemoteReadPart _part;

    public RemoteReadMetrics(RemoteReadPart part)
    {
        _part = part;
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("prometheus_remote_read_handler_queries", "Remote read queries that are served now.", _part.Server.Queries);
        List<RemoteReadCounters> counters = [.. _part.Counters];
        if (counters.Count == 0)
        {
            return;
        }

        writer.Family("prometheus_remote_read_client_queries", MetricKind.Gauge, "Remote read queries to another store that wait for their answer.");
        foreach (RemoteReadCounters counter in counters)
        {
            writer.Sample(counter.Queries, ("remote_name", counter.Name), ("url", counter.Url));
        }

        writer.Family("prometheus_remote_read_client_queries_total", MetricKind.Counter, "Remote read queries to another store, by how they were answered.");
        foreach (RemoteReadCounters counter in counters)
        {
            foreach ((string type, string code, long count) in counter.Answers)
            {
                writer.Sample(count, ("code", code), ("remote_name", counter.Name), ("response_type", type), ("url", counter.Url));
            }
        }

        writer.Family("prometheus_remote_read_client_request_duration_seconds", MetricKind.Histogram, "Time until another store's answer to a remote read query begins.");
        double[] bounds = [.. RemoteReadCounters.DurationBounds];
        foreach (RemoteReadCounters counter in counters)
        {
            foreach ((string type, long[] buckets, double sum) in counter.Latencies)
            {
                writer.Histogram(bounds, buckets, sum, ("remote_name", counter.Name), ("response_type", type), ("url", counter.Url));
            }
        }
    }
}
