using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Differential;
using Pharos.Testing.Processes;
using Pharos.Testing.Queries;

namespace Pharos.Acceptance.Tests;

/// <summary>The real Prometheus scrapes the real targets and remote-writes to Pharos; then both are asked the same.</summary>
public sealed class PrometheusAgreementTests
{
    private static readonly string[] Queries =
    [
        "up",
        "count({__name__!=\"\"})",
        "count by (__name__) ({__name__=~\"node_.*\"})",
        "sum by (mode) (rate(node_cpu_seconds_total[5s]))",
        "avg by (cpu) (irate(node_cpu_seconds_total{mode!=\"idle\"}[5s]))",
        "100 - avg(rate(node_cpu_seconds_total{mode=\"idle\"}[5s])) * 100",
        "node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes",
        "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
        "sum by (job) (increase(http_requests_total[5s]))",
        "sum(rate(http_requests_total{status=~\"5..\"}[5s])) / sum(rate(http_requests_total[5s]))",
        "histogram_quantile(0.95, sum by (le, endpoint) (rate(http_request_duration_seconds_bucket[6s])))",
        "histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket[6s])))",
        "rate(http_request_duration_seconds_sum[5s]) / rate(http_request_duration_seconds_count[5s])",
        "topk(3, node_filesystem_avail_bytes)",
        "bottomk(2, node_cpu_seconds_total)",
        "quantile by (mode) (0.9, node_cpu_seconds_total)",
        "stddev by (mode) (node_cpu_seconds_total)",
        "max_over_time(node_load1[5s])",
        "avg_over_time(node_memory_MemFree_bytes[5s])",
        "quantile_over_time(0.9, node_memory_Cached_bytes[8s])",
        "deriv(node_cpu_seconds_total{mode=\"idle\"}[6s])",
        "predict_linear(node_memory_MemFree_bytes[6s], 3600)",
        "changes(node_context_switches_total[5s])",
        "delta(node_load1[5s])",
        "label_replace(up, \"host\", \"$1\", \"instance\", \"(.*):.*\")",
        "node_filesystem_size_bytes * on (device, mountpoint) group_left () node_filesystem_readonly",
        "up == 1 and on (job) http_requests_total > 0 unless on (job) absent(up)",
        "max_over_time(sum by (job) (rate(http_requests_total[3s]))[6s:1s])",
        "count_values(\"value\", up)",
        "sort_desc(sum by (endpoint) (http_requests_total offset 2s))",
        "clamp_max(time() - process_start_time_seconds, 1e6)",
    ];

    [Fact]
    public async Task Thirty_queries_over_a_closed_window_answer_as_the_real_Prometheus()
    {
        using var folder = new TempFolder();
        await using var targets = new RealTargets(folder);
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}");
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(folder, $$"""
            {{targets.ScrapeSettings}}
            remote_write:
              - url: {{pharos.Address}}api/v1/write
            """);
        using var client = new HttpClient { BaseAddress = targets.FlaskAddress };
        async Task<double?> LastAsync(ServerProcess server) => await server.Api.NumberAsync("min(timestamp(node_load1)) and count(up == 1) == 2");

        double? first = null;
        await Until.TrueAsync("the first samples", async () => (first = await LastAsync(prometheus)) is not null, () => prometheus.Process.Output);
        double end = Math.Ceiling(first!.Value) + 14;
        await Until.TrueAsync("the window to be over on both", async () =>
        {
            await client.GetAsync("/");
            await client.GetAsync("/fail");
            return await LastAsync(prometheus) > end + 1 && await LastAsync(pharos) > end + 1;
        }, () => pharos.Process.Output + prometheus.Process.Output);

        var differences = new List<string>();
        foreach (string query in Queries)
        {
            var term = new WrittenTerm(query);
            Compare(QueryCase.Instant(term, (long)(end * 1000)), await prometheus.Api.QueryAsync(query, end), await pharos.Api.QueryAsync(query, end), differences);
            Compare(new QueryCase(term, (long)(end - 6) * 1000, (long)(end * 1000), 1000), await prometheus.Api.QueryRangeAsync(query, end - 6, end, 1), await pharos.Api.QueryRangeAsync(query, end - 6, end, 1), differences);
        }

        Assert.True(Queries.Length >= 30);
        Assert.Empty(differences);
    }

    private static void Compare(QueryCase query, JsonElement expected, JsonElement actual, List<string> differences)
    {
        Answer prometheus = Answer.Read(expected), pharos = Answer.Read(actual);
        if (prometheus.Series.Count == 0)
        {
            differences.Add($"{query}: Prometheus has no answer, so nothing is compared");
        }
        else if (KnownDifferences.DifferenceBeyond(query, prometheus, pharos) is { } difference)
        {
            differences.Add($"{query}: {difference}");
        }
    }
}
