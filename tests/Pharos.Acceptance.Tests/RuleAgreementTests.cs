using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Core.Samples;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>The real Prometheus and Pharos evaluate one rule file over the same samples, written ahead so that no evaluation comes before its data.</summary>
public sealed class RuleAgreementTests
{
    private const string Rules = """
        groups:
        - name: agreement
          interval: 1s
          labels: {team: infra}
          rules:
          - {record: "m:sum", expr: sum by (job) (m), labels: {kind: sum}}
          - {record: "m:bad", expr: "m + on () m"}
          - alert: High
            expr: m > 1
            for: 2s
            keep_firing_for: 2s
            labels: {severity: "{{ if gt $value 5.0 }}page{{ else }}warn{{ end }}"}
            annotations: {summary: '{{ $labels.job }} is {{ $value | humanize }} of {{ with query "sum(m)" }}{{ . | first | value }}{{ end }}'}
          - {alert: Exact, expr: m == 7, annotations: {broken: "{{ humanize \"x\" }}", plain: "text"}}
          - {alert: Bare, expr: "vector(1) and on () m", labels: {team: other}}
          - {record: "one", expr: "1"}
        - name: limited
          interval: 1s
          limit: 1
          rules:
          - {record: "m:limited", expr: m}
        - name: moved
          interval: 2s
          query_offset: 3s
          rules:
          - {record: "m:moved", expr: "m{job='a'}"}
        """;

    private static readonly double[] ValuesOfA = [0, 0, 2, 2, 2, 2, 2, 0, 2, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7];
    private static readonly double[] ValuesOfB = [1, 1, 1, 1, 3, 3, 3, 3, 3, Staleness.Marker];

    [Fact]
    public async Task The_same_rules_over_the_same_samples_give_the_same_series_alerts_and_errors_as_the_real_Prometheus()
    {
        using var folder = new TempFolder();
        string config = $"rule_files: ['{folder.Write("rules.yml", Rules)}']\n";
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, config);
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(folder, config, "--web.enable-remote-write-receiver");
        foreach (ServerProcess server in (ServerProcess[])[pharos, prometheus])
        {
            await Until.TrueAsync("three evaluations", async () => await server.Api.NumberAsync("max(count_over_time(one[1m]))") >= 3, () => server.Process.Output);
        }

        long start = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3) * 1000;
        byte[] samples = new WriteRequestBuilder()
            .Add(["__name__", "m", "job", "a"], [.. ValuesOfA.Select((v, i) => (start + (i * 1000L), v))])
            .Add(["__name__", "m", "job", "b"], [.. ValuesOfB.Select((v, i) => (start + (i * 1000L), v))])
            .ToBody();
        await WriteAsync(pharos, samples);
        await WriteAsync(prometheus, samples);
        double end = (start / 1000.0) + ValuesOfA.Length - 2;
        foreach (ServerProcess server in (ServerProcess[])[pharos, prometheus])
        {
            string last = string.Create(CultureInfo.InvariantCulture, $"count(timestamp(m:moved) >= {end}) + count(timestamp(m:sum) > {end + 3})");
            await Until.TrueAsync("the window to be over", async () => await server.Api.NumberAsync(last) == 2, () => server.Process.Output);
        }

        foreach (string series in (string[])["ALERTS", "ALERTS_FOR_STATE", "{__name__=~'m:.*'}"])
        {
            string query = $"{series}[{ValuesOfA.Length - 2}s]";
            string expected = Samples(await prometheus.Api.QueryAsync(query, end));
            Assert.NotEqual("", expected);
            Assert.Equal(expected, Samples(await pharos.Api.QueryAsync(query, end)));
        }

        Assert.Equal(Comparable(await prometheus.Api.GetAsync("/api/v1/rules")), Comparable(await pharos.Api.GetAsync("/api/v1/rules")));
        Assert.Equal(Comparable(await prometheus.Api.GetAsync("/api/v1/alerts")), Comparable(await pharos.Api.GetAsync("/api/v1/alerts")));
    }

    [Theory]
    [InlineData(Rules)]
    [InlineData("groups:\n- name: g\n  rules:\n  - {record: r, expr: up}\n  - {record: r, expr: down}\n")]
    [InlineData("groups:\n- name: g\n  rules:\n  - {record: r, expr: 'sum('}\n")]
    [InlineData("groups:\n- name: g\n  rules:\n  - {alert: A, expr: up, for: 5m, annotations: {s: '{{ $value'}}\n")]
    public async Task Check_rules_agrees_with_promtool(string rules)
    {
        using var folder = new TempFolder();
        string path = folder.Write("rules.yml", rules);
        foreach (string flag in (string[])["--lint=all", "--lint-fatal", "--lint=none"])
        {
            await using ChildProcess promtool = ChildProcess.Start(Peers.Program("promtool"), ["check", "rules", flag, path], folder.Path);
            await using ChildProcess pharos = ChildProcess.Start(ServerProcess.PharosProgram, ["check", "rules", flag, path], folder.Path);

            Assert.Equal(await promtool.WaitForExitAsync(Until.Patience), await pharos.WaitForExitAsync(Until.Patience));
            Assert.Equal(promtool.Output.Contains("SUCCESS", StringComparison.Ordinal), pharos.Output.Contains("SUCCESS", StringComparison.Ordinal));
        }
    }

    private static async Task WriteAsync(ServerProcess server, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        using HttpResponseMessage response = await server.Api.Http.PostAsync("/api/v1/write", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    // One line a series: its labels, and each sample with its time to the millisecond.
    private static string Samples(JsonElement answer) => string.Join('\n', answer.GetProperty("data").GetProperty("result").EnumerateArray()
        .Select(static series => Labels(series.GetProperty("metric")) + " "
            + string.Join(' ', series.GetProperty("values").EnumerateArray().Select(static v => $"{v[0].GetRawText()}={v[1].GetString()}")))
        .Order(StringComparer.Ordinal));

    private static string Labels(JsonElement labels) =>
        string.Join(',', labels.EnumerateObject().Select(static l => $"{l.Name}={l.Value.GetString()}").Order(StringComparer.Ordinal));

    // Without what differs from run to run: durations and the times of evaluations. Alerts have no order in upstream, and versions before 3.14 leave out
    // the labels of a recording rule without any.
    private static string Comparable(JsonElement answer) => Normalize(JsonNode.Parse(answer.GetProperty("data").GetRawText()), "")!.ToJsonString();

    private static JsonNode? Normalize(JsonNode? node, string name) => (node, name) switch
    {
        (JsonObject value, _) => new JsonObject(value
            .Where(static p => p.Key is not ("evaluationTime" or "lastEvaluation") && p is not { Key: "labels", Value: JsonObject { Count: 0 } })
            .OrderBy(static p => p.Key, StringComparer.Ordinal)
            .Select(static p => KeyValuePair.Create(p.Key, Normalize(p.Value, p.Key)))),
        (JsonArray value, "alerts") => new JsonArray([.. value.Select(static v => Normalize(v, "")).OrderBy(static v => v!.ToJsonString(), StringComparer.Ordinal)]),
        (JsonArray value, _) => new JsonArray([.. value.Select(static v => Normalize(v, ""))]),
        (JsonValue value, "activeAt" or "keepFiringSince") => DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),

        // Which of several series is named first is by chance.
        (JsonValue value, "lastError") => value.GetValue<string>().Split('{')[0],
        _ => node?.DeepClone(),
    };
}
