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
        writer.Counter("prometheus_engine_query_samples_total", "The total number of samples loaded by all queries; each is loaded once, however many windows it is in.", _counters.SamplesRead);
        writer.Counter("prometheus_engine_query_samples_read_total", "The total number of samples read by all queries (only new points per step for range-vector).", _counters.SamplesRead);
        (string Slice, DurationCounts Counts)[] slices =
        [
            ("inner_eval", _counters.InnerTime),
            ("prepare_time", _counters.PreparationTime),
            ("queue_time", _counters.QueueTime),
            ("result_sort", _counters.SortTime),
        ];
        writer.Family("prometheus_engine_query_duration_seconds", MetricKind.Summary, "Query timings");
        foreach ((string slice, DurationCounts counts) in slices)
        {
            writer.Summary(counts.Total.TotalSeconds, counts.Snapshot().Sum(), ("slice", slice));
        }

        writer.Family("prometheus_engine_query_duration_histogram_seconds", MetricKind.Histogram, "The duration of various parts of PromQL query execution.");
        foreach ((string slice, DurationCounts counts) in slices)
        {
            writer.Histogram(DurationCounts.Bounds, counts.Snapshot(), counts.Total.TotalSeconds, ("slice", slice));
        }

        writer.Counter("pharos_engine_queries_failed_total", "Queries that were asked and not answered.", _counters.Failed);
    }
}
