using System.Globalization;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Differential;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Remote read between Pharos and the real ones: Prometheus and vmctl ask Pharos, Pharos asks Prometheus.</summary>
public sealed class RemoteReadTests : IDisposable
{
    private const int Series = 40;
    private const int Steps = 300;
    private const int StepSeconds = 15;

    private static readonly string[] Queries =
    [
        "count(read_a)",
        "sum by (pod) (read_a)",
        "rate(read_b[5m])",
        "read_a{pod=~\"p1.\"}",
        "read_b{pod!=\"p3\"} - on (pod) read_a",
        "max_over_time(read_a[30m])",
        "absent(read_none)",
    ];

    private readonly TempFolder _folder = new();
    private readonly long _end = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task Prometheus_reads_from_Pharos_and_answers_as_Pharos_does()
    {
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {external_labels: {cluster: c}}");
        await pharos.RemoteWriteAsync(MakeSamples());
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(_folder, $$"""
            global:
              external_labels: {cluster: c}
            remote_read:
              - url: {{pharos.Address}}api/v1/read
                read_recent: true
            """);
        await AssertSameAsync(pharos, prometheus);
        Assert.Contains("prometheus_remote_read_client_queries_total{code=\"200\"", await prometheus.Api.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Contains("response_type=\"chunked\"", await prometheus.Api.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pharos_reads_from_Prometheus_and_answers_as_Prometheus_does()
    {
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(_folder, "global: {external_labels: {cluster: c}}", "--web.enable-remote-write-receiver");
        await prometheus.RemoteWriteAsync(MakeSamples());
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, $$"""
            global:
              external_labels: {cluster: c}
            remote_read:
              - url: {{prometheus.Address}}api/v1/read
                name: prometheus
                read_recent: true
                required_matchers: {}
            """);
        await AssertSameAsync(prometheus, pharos);
        string metrics = await pharos.Api.Http.GetStringAsync("/metrics");
        Assert.Contains("prometheus_remote_read_client_queries_total{code=\"200\",remote_name=\"prometheus\",response_type=\"chunked\"", metrics, StringComparison.Ordinal);

        // What the other has no more is a warning, and the own samples are answered all the same.
        await prometheus.Process.KillAsync();
        await pharos.RemoteWriteAsync(new WriteRequestBuilder().Add(["__name__", "own"], (_end * 1000, 5)).ToBody());
        JsonElement answer = await pharos.Api.QueryAsync("own", _end);
        Assert.Equal("5", answer.GetProperty("data").GetProperty("result")[0].GetProperty("value")[1].GetString());
        Assert.StartsWith("remote_read: ", answer.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Vmctl_copies_from_Pharos_by_remote_read(bool isStream)
    {
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}");
        await pharos.RemoteWriteAsync(MakeSamples());
        int port = FreePort.Next();
        await using ChildProcess victoria = ChildProcess.Start(
            Peers.Program("victoria-metrics"), [$"-httpListenAddr=127.0.0.1:{port}", "-storageDataPath=" + _folder.File("vm"), "-retentionPeriod=100y", "-search.latencyOffset=1ms"], _folder.Path);
        using var api = new PrometheusApi(new Uri($"http://127.0.0.1:{port}"));
        await Until.TrueAsync("VictoriaMetrics", async () => (await api.Http.GetAsync("/health")).IsSuccessStatusCode, () => victoria.Output);
        string start = DateTimeOffset.FromUnixTimeSeconds(_end - (Steps * StepSeconds) - 60).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "remote-read", "-s", "--disable-progress-bar", $"--remote-read-src-addr={pharos.Address.ToString().TrimEnd('/')}", $"--remote-read-filter-time-start={start}",
            "--remote-read-step-interval=hour", "--remote-read-filter-label=__name__", "--remote-read-filter-label-value=read_.*", $"--vm-addr=http://127.0.0.1:{port}", .. isStream ? ["--remote-read-use-stream"] : Array.Empty<string>(),
        ];
        await using ChildProcess vmctl = ChildProcess.Start(Peers.Program("vmctl"), arguments, _folder.Path);
        Assert.True(await vmctl.WaitForExitAsync(Until.Patience) == 0, vmctl.Output);
        await api.Http.GetAsync("/internal/force_flush");
        string range = $"[{(Steps * StepSeconds) + 600}s]";
        foreach (string query in (string[])[$"count_over_time(read_a{range})", $"sum_over_time(read_b{range})"])
        {
            Answer expected = Answer.Read(await pharos.Api.QueryAsync(query, _end));
            Answer actual = Answer.Read(await api.QueryAsync(query, _end));
            Assert.Equal(Series, expected.Series.Count);
            Assert.Equal(Rounded(expected), Rounded(actual));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Rounded(Answer answer) => answer.Series
        .Select(static s => $"{s.Labels.Replace(" ", "", StringComparison.Ordinal)} {s.Points[0].Numbers[0]:G12}").Order(StringComparer.Ordinal);

    private byte[] MakeSamples()
    {
        var request = new WriteRequestBuilder();
        var random = new Random(7);
        foreach (string metric in (string[])["read_a", "read_b"])
        {
            for (int i = 0; i < Series; i++)
            {
                double value = 0;
                var samples = new (long, double)[Steps];
                for (int k = 0; k < Steps; k++)
                {
                    value = metric == "read_a" ? random.NextDouble() * 100 : value + random.Next(10);
                    samples[k] = ((_end - ((Steps - 1 - k) * StepSeconds)) * 1000, value);
                }

                request.Add(["__name__", metric, "pod", "p" + i], samples);
            }
        }

        return request.ToBody();
    }

    private async Task AssertSameAsync(ServerProcess expected, ServerProcess actual)
    {
        foreach (string query in Queries)
        {
            JsonElement theirs = await expected.Api.QueryRangeAsync(query, _end - 1800, _end, 60);
            JsonElement ours = await actual.Api.QueryRangeAsync(query, _end - 1800, _end, 60);
            Assert.Equal(theirs.GetProperty("data").GetProperty("result").GetRawText(), ours.GetProperty("data").GetProperty("result").GetRawText());
            Assert.True(theirs.GetProperty("data").GetProperty("result").GetArrayLength() > 0, query);
            Assert.False(ours.TryGetProperty("warnings", out JsonElement warnings), $"{query}: {warnings}");
        }
    }
}
