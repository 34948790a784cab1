using System.Buffers;
using System.Text;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.Server.Metrics;
using Pharos.Testing;

namespace Pharos.Server.Tests.Metrics;

public sealed class QueryMetricsTests
{
    [Fact]
    public async Task What_the_engine_did_is_told_under_upstreams_names()
    {
        var store = new InMemorySeriesSource();
        store.Add(Core.Labels.Labels.Of("__name__", "a"), 0, 15_000, 1.0, 2.0, 3.0);
        using var engine = new PromQLEngine(new EngineOptions { TimeProvider = new ManualTimeProvider(), MaxConcurrency = 7 });
        await engine.InstantAsync(store, "sum_over_time(a[5m])", 60_000, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<QueryException>(() => engine.InstantAsync(store, "a * on () group_left () limit_ratio(NaN, a)", 60_000, new CancellationToken(canceled: true)));

        var output = new ArrayBufferWriter<byte>();
        new QueryMetrics(engine.Counters, 7).Write(new MetricWriter(output));
        string[] lines = [.. Encoding.UTF8.GetString(output.WrittenSpan).Split('\n').Where(static l => !l.StartsWith('#'))];
        Assert.Contains("prometheus_engine_queries 0", lines);
        Assert.Contains("prometheus_engine_queries_concurrent_max 7", lines);
        Assert.Contains("prometheus_engine_query_samples_read_total 3", lines);
        Assert.Contains("pharos_engine_queries_failed_total 0", lines);
        foreach (string slice in new[] { "inner_eval", "prepare_time", "queue_time", "result_sort" })
        {
            Assert.Contains($"prometheus_engine_query_duration_seconds_count{{slice=\"{slice}\"}} 1", lines);
            Assert.Contains($"prometheus_engine_query_duration_histogram_seconds_bucket{{slice=\"{slice}\",le=\"0.01\"}} 1", lines);
            Assert.Contains($"prometheus_engine_query_duration_histogram_seconds_bucket{{slice=\"{slice}\",le=\"+Inf\"}} 1", lines);
        }
    }
}
