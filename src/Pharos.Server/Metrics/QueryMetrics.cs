using Pharos.PromQL;

namespace Pharos.Server.Metrics;

/// <summary>How much is asked of the engine, under upstream's names.</summary>
internal sealed class QueryMetrics : IMetricSource
{
    private readonly EngineCounters _counters;
    private readonly int _maxConcurrency;

    public QueryMetrics(EngineCounters counters, int maxConcurrency)
    {
        _counters = counters;
        _maxConcurrency = maxConcurrency;
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("prometheus_engine_queries", "The current number of queries being executed or waiting.", _counters.Running);
        writer.Gauge("prometheus_engine_queries_concurrent_max", "The max number of concurrent queries.", _maxConcurrency);
        writer.Counter("prometheus_engine_query_samples_total", "The total number of samples loaded by all queries.", _counters.SamplesRead);
        writer.Family("prometheus_engine_query_duration_seconds", MetricKind.Summary, "Query timings.");
        writer.Summary(_counters.EvaluationTime.TotalSeconds, _counters.Answered, ("slice", "inner_eval"));
        writer.Summary(_counters.QueueTime.TotalSeconds, _counters.Answered, ("slice", "queue_time"));
        writer.Counter("pharos_engine_queries_failed_total", "Queries that were asked and not answered.", _counters.Failed);
    }
}
