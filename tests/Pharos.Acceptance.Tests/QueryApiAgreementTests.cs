using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>What surrounds the samples of an answer, compared with the real Prometheus: formatted and parsed expressions, statistics, warnings, limits, errors.</summary>
public sealed class QueryApiAgreementTests : IAsyncLifetime
{
    private const string Features = "--enable-feature=promql-experimental-functions,promql-per-step-stats,promql-duration-expr,promql-delayed-name-removal";

    // Every kind of node, with every modifier of it.
    private static readonly string[] Expressions =
    [
        "1", "-1.5e3", "+Inf", "-NaN", "0x1F", "1h30m", "\"text \\\"quoted\\\" é\"", "'single'", "`raw`", "(1)", "((a))", "-a", "+a", "-(a)", "a", "{__name__=\"a\"}", "{\"a.b\",\"c.d\"=\"e\"}",
        "a{b=\"c\",d!=\"e\",f=~\"g.*\",h!~\"i|j\"}", "a offset 5m", "a offset -1h30m", "a @ 10.5", "a @ start()", "a @ end() offset 1m", "a[5m]", "a{b=\"c\"}[1h] @ 5 offset 2m", "a[5m:1m]",
        "a[5m:]", "a[1h:5m] @ end() offset -3m", "sum(a[5m:1m] offset 1m) or a", "a + b", "a - b * c / d % e ^ f", "a == bool b", "a != 1", "1 < bool 2", "a >= on () b", "a <= ignoring (x, y) b",
        "a > on (x) group_left () b", "a * on (x, y) group_left (z) b", "a / ignoring (x) group_right (z, w) b", "a and b", "a or on (x) b", "a unless ignoring (x) b", "a atan2 b",
        "sum(a)", "sum by (x) (a)", "sum without (x, y) (a)", "avg by () (a)", "count_values(\"v\", a)", "topk by (x) (3, a)", "bottomk(2, a)", "quantile without (x) (0.9, a)", "stddev(a)",
        "stdvar(a)", "group(a)", "limitk(3, a)", "limit_ratio(-0.5, a)", "min(a)", "max(a)", "count(a)", "rate(a[5m])", "histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))", "time()", "pi()",
        "label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\")", "label_join(a, \"b\", \",\", \"c\", \"d\")", "round(a)", "round(a, 5)", "clamp(a, 1, 2)", "absent(a{b=\"c\"})", "vector(1)", "scalar(a)",
        "day_of_week()", "sort_by_label(a, \"x\", \"y\")", "predict_linear(a[5m], 3600)", "double_exponential_smoothing(a[5m], 0.5, 0.5)", "info(a, {b=\"c\"})", "a[5m + 1m]", "a offset (1h - 30m)",
        "sum by (instance, job, datacenter, environment) (rate(http_requests_total{job=\"api\", status=~\"5..\"}[5m])) / on (instance, job) group_left (team) sum by (instance, job) (rate(http_requests_total[5m]))",
        "label_replace(histogram_quantile(0.99, sum by (le, path) (rate(http_request_duration_seconds_bucket{job=\"a-long-name-of-a-job\"}[10m]))), \"service\", \"$1\", \"path\", \"/([^/]*)/.*\") > 0.5",
        "max_over_time((rate(a_very_long_metric_name_total{label=\"value\"}[5m]) / rate(another_very_long_metric_name_total{label=\"value\"}[5m]))[30m:1m] offset 1d @ start())",
        "sum(", "a{", "a[5m", "rate(a)", "a b", "sum by x (a)", "1 and 2", "\"a\" + 1", "foo(a)", "a @ b", "topk(a)", "a{b=c}", "a[0s]", "a{b=~\"(\"}", "", "#",
    ];

    private static readonly string[] Evaluated =
    [
        "a", "sum(a)", "a + a", "rate(a[1m])", "max_over_time(a[1m:10s])", "sum_over_time(rate(a[30s])[1m:10s])", "a @ 1", "rate(a[1m] @ end())", "timestamp(a)", "topk(1, a)", "quantile(2, a)",
        "quantile_over_time(scalar(a{x=\"1\"}), a[30s])", "sum(rate(gauge[1m]))", "absent(none)", "histogram_quantile(0.5, a)", "a offset 20s", "predict_linear(a[1m], 60)", "{__name__=~\"a|gauge\"}", "1", "vector(3)",
    ];

    private readonly TempFolder _folder = new();
    private ServerProcess _pharos = null!;
    private ServerProcess _prometheus = null!;
    private long _end;

    public async ValueTask InitializeAsync()
    {
        _pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", Features);
        _prometheus = await ServerProcess.StartPrometheusAsync(_folder, "global: {}", Features, "--web.enable-remote-write-receiver");
        _end = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 10 * 10;
        var request = new WriteRequestBuilder();
        for (int i = 0; i < 4; i++)
        {
            IReadOnlyList<(long, double)> samples = [.. Enumerable.Range(0, 30).Select(k => ((_end - 300 + (k * 10)) * 1000, (double)(k * (i + 1))))];
            request.Add(i == 3 ? ["__name__", "gauge"] : ["__name__", "a", "x", $"{i}"], samples);
        }

        foreach (ServerProcess server in new[] { _pharos, _prometheus })
        {
            using var content = new ByteArrayContent(request.ToBody());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.ContentEncoding.Add("snappy");
            using HttpResponseMessage response = await server.Api.Http.PostAsync("/api/v1/write", content);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pharos.DisposeAsync();
        await _prometheus.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Expressions_are_formatted_and_parsed_as_by_the_real_Prometheus()
    {
        var differences = new List<string>();
        foreach (string expression in Expressions)
        {
            await CompareAsync("/api/v1/format_query", expression, differences, static body => body);
            await CompareAsync("/api/v1/parse_query", expression, differences, static body => body);
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task Statistics_warnings_and_limits_are_those_of_the_real_Prometheus()
    {
        var differences = new List<string>();
        foreach (string expression in Evaluated)
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"&start={_end - 120}&end={_end - 60}&step=15");
            string instant = string.Create(CultureInfo.InvariantCulture, $"&time={_end - 60}");
            foreach (string more in new[] { "&stats=all", "&stats=true", "&limit=2", "&limit=0", "&lookback_delta=5s", "&timeout=10s" })
            {
                await CompareAsync("/api/v1/query_range", expression, differences, WithoutMeasured, range + more);
                await CompareAsync("/api/v1/query", expression, differences, WithoutMeasured, instant + more);
            }
        }

        Assert.Empty(differences);
    }

    // Times and the peak are each server's own; what it read is counted by newer versions only.
    private static JsonNode WithoutMeasured(JsonNode body)
    {
        if (body["data"]?["stats"] is JsonObject stats)
        {
            stats["timings"] = new JsonArray([.. stats["timings"]!.AsObject().Select(static t => (JsonNode)t.Key)]);
            JsonObject samples = stats["samples"]!.AsObject();
            samples.Remove("peakSamples");
            samples.Remove("samplesRead");
            samples.Remove("samplesReadPerStep");
        }

        return body;
    }

    private async Task CompareAsync(string path, string expression, List<string> differences, Func<JsonNode, JsonNode> simplify, string more = "")
    {
        string url = $"{path}?query={Uri.EscapeDataString(expression)}{more}";
        (int wantedStatus, JsonNode? wanted) = await AskAsync(_prometheus, url);
        (int status, JsonNode? got) = await AskAsync(_pharos, url);
        wanted = simplify(wanted!);
        got = simplify(got!);
        if (wantedStatus != status || !Has(got, wanted))
        {
            differences.Add($"{path} {expression} {more}:\n  expected {wantedStatus} {wanted.ToJsonString()}\n  but got  {status} {got.ToJsonString()}");
        }
    }

    private static async Task<(int Status, JsonNode? Body)> AskAsync(ServerProcess server, string url)
    {
        using HttpResponseMessage response = await server.Api.Http.GetAsync(url);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    // Newer versions have more fields in a syntax tree; results of vectors have no order.
    private static bool Has(JsonNode? got, JsonNode? wanted) => (got, wanted) switch
    {
        (JsonObject some, JsonObject all) => all.All(field => some.ContainsKey(field.Key) && Has(some[field.Key], field.Value)),
        (JsonArray some, JsonArray all) => some.Count == all.Count && (some.Zip(all).All(static p => Has(p.First, p.Second)) || SameSet(some, all)),
        _ => JsonNode.DeepEquals(got, wanted),
    };

    private static bool SameSet(JsonArray some, JsonArray all) =>
        some.Select(static n => n?.ToJsonString()).Order(StringComparer.Ordinal).SequenceEqual(all.Select(static n => n?.ToJsonString()).Order(StringComparer.Ordinal));
}
