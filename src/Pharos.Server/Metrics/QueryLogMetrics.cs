using Pharos.Server.Lifecycle;

namespace Pharos.Server.Metrics;

/// <summary>How the log of queries fares, under upstream's names.</summary>
internal sealed class QueryLogMetrics : IMetricSource
{
    private readonly QueryPart _queries;

    public QueryLogMetrics(QueryPart queries)
    {
        _queries = queries;
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("prometheus_engine_query_log_enabled", "State of the query log.", _queries.IsLogging ? 1 : 0);
        writer.Counter("prometheus_engine_query_log_failures_total", "The number of query log failures.", _queries.LogFailures);
    }
}
