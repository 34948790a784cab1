using System.Globalization;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>The real Prometheus scrapes the real targets and remote-writes to Pharos; then both are asked the same.</summary>
public sealed class PrometheusAgreementTests
{
    private const double RelativeTolerance = 1e-9;

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
            Compare(query + " (instant)", await prometheus.Api.QueryAsync(query, end), await pharos.Api.QueryAsync(query, end), differences);
            Compare(query + " (range)", await prometheus.Api.QueryRangeAsync(query, end - 6, end, 1), await pharos.Api.QueryRangeAsync(query, end - 6, end, 1), differences);
        }

        Assert.True(Queries.Length >= 30);
        Assert.Empty(differences);
    }

    private static void Compare(string query, JsonElement expected, JsonElement actual, List<string> differences)
    {
        if (!string.Equals(actual.GetProperty("status").GetString(), "success", StringComparison.Ordinal))
        {
            differences.Add($"{query}: {actual}");
            return;
        }

        Dictionary<string, JsonElement> wanted = ByLabels(expected);
        Dictionary<string, JsonElement> got = ByLabels(actual);
        if (wanted.Count == 0)
        {
            differences.Add($"{query}: Prometheus has no answer, so nothing is compared");
        }

        differences.AddRange(wanted.Keys.Except(got.Keys).Select(k => $"{query}: {k} is missing"));
        differences.AddRange(got.Keys.Except(wanted.Keys).Select(k => $"{query}: {k} is not expected"));
        foreach ((string labels, JsonElement series) in wanted)
        {
            if (got.TryGetValue(labels, out JsonElement other))
            {
                CompareValues($"{query}: {labels}", Points(series), Points(other), differences);
            }
        }
    }

    private static void CompareValues(string what, List<(double Time, double Value)> expected, List<(double Time, double Value)> actual, List<string> differences)
    {
        bool sameTimes = expected.Select(static p => p.Time).SequenceEqual(actual.Select(static p => p.Time));
        if (!sameTimes || expected.Zip(actual).Any(static p => !AreEqual(p.First.Value, p.Second.Value)))
        {
            differences.Add($"{what}: expected {string.Join(' ', expected)} but got {string.Join(' ', actual)}");
        }
    }

    private static bool AreEqual(double x, double y) =>
        x.Equals(y) || Math.Abs(x - y) <= RelativeTolerance * Math.Max(Math.Abs(x), Math.Abs(y));

    private static Dictionary<string, JsonElement> ByLabels(JsonElement answer)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonElement series in answer.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            IEnumerable<string> labels = series.GetProperty("metric").EnumerateObject().Select(static p => $"{p.Name}={p.Value}").Order(StringComparer.Ordinal);
            found.Add(string.Join(',', labels), series);
        }

        return found;
    }

    private static List<(double Time, double Value)> Points(JsonElement series)
    {
        IEnumerable<JsonElement> points = series.TryGetProperty("value", out JsonElement one) ? [one] : series.GetProperty("values").EnumerateArray();
        return points.Select(static p => (p[0].GetDouble(), double.Parse(p[1].GetString()!, CultureInfo.InvariantCulture))).ToList();
    }
}
