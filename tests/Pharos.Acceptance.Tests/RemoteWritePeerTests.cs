using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Remote write between Pharos and others, both ways: the real Prometheus, VictoriaMetrics and its agent at the other end.</summary>
public sealed class RemoteWritePeerTests
{
    private const int Series = 30;

    [Theory]
    [InlineData("prometheus.WriteRequest")]
    [InlineData("io.prometheus.write.v2.Request")]
    public async Task The_real_Prometheus_gets_everything_though_both_are_killed_in_between(string message)
    {
        using var folder = new TempFolder();
        int port = FreePort.Next();
        string config = $$"""
            global:
              external_labels: {origin: pharos}
            remote_write:
            - url: http://127.0.0.1:{{port}}/api/v1/write
              protobuf_message: {{message}}
              queue_config: {batch_send_deadline: 200ms, max_samples_per_send: 50, capacity: 100, min_shards: 2, max_backoff: 200ms}
            """;
        var feed = new Feed();
        ServerProcess prometheus = await StartReceiverAsync(folder, port);
        ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, config);
        try
        {
            await feed.WriteAsync(pharos, rounds: 20);
            await Until.TrueAsync("something to arrive", async () => await CountAsync(prometheus) > 0, () => pharos.Process.Output);
            await prometheus.Process.KillAsync();
            await feed.WriteAsync(pharos, rounds: 30);
            await pharos.Process.KillAsync();
            await pharos.DisposeAsync();
            pharos = await ServerProcess.StartPharosAsync(folder, config);
            await feed.WriteAsync(pharos, rounds: 10);
            await prometheus.DisposeAsync();
            prometheus = await StartReceiverAsync(folder, port);
            await feed.WriteAsync(pharos, rounds: 10);
            await Until.TrueAsync(
                $"all {feed.Written} samples, {await CountAsync(prometheus)} have arrived", async () => await CountAsync(prometheus) == feed.Written, () => pharos.Process.Output);
            Assert.Equal(await SamplesAsync(pharos, origin: ""), await SamplesAsync(prometheus, origin: "pharos"));
            string metrics = await pharos.Api.Http.GetStringAsync("/metrics");
            Assert.Contains("prometheus_remote_storage_samples_failed_total", metrics, StringComparison.Ordinal);
            Assert.Contains("prometheus_remote_storage_samples_pending", metrics, StringComparison.Ordinal);
        }
        finally
        {
            await pharos.DisposeAsync();
            await prometheus.DisposeAsync();
        }
    }

    [Fact]
    public async Task VictoriaMetrics_gets_every_sample_once_and_a_clean_stop_sends_the_rest()
    {
        using var folder = new TempFolder();
        int port = FreePort.Next();
        await using ChildProcess victoria = ChildProcess.Start(
            Peers.Program("victoria-metrics"), [$"-httpListenAddr=127.0.0.1:{port}", "-storageDataPath=" + folder.File("victoria"), "-retentionPeriod=100y"], folder.Path);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Until.TrueAsync("VictoriaMetrics", async () => (await client.GetAsync("/health")).IsSuccessStatusCode, () => victoria.Output);
        var feed = new Feed();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, $"remote_write: [{{url: 'http://127.0.0.1:{port}/api/v1/write'}}]");
        await feed.WriteAsync(pharos, rounds: 25);
        Assert.Equal(0, await pharos.Process.TerminateAsync(TimeSpan.FromSeconds(10)));
        await Until.TrueAsync("all samples to be shown", async () => await CountExportedAsync(client) == feed.Written, () => pharos.Process.Output);
    }

    [Theory]
    [InlineData("prometheus.WriteRequest")]
    [InlineData("io.prometheus.write.v2.Request")]
    public async Task The_real_Prometheus_as_sender_is_content(string message)
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}", "--enable-feature=exemplar-storage,metadata-wal-records");
        int port = FreePort.Next();
        string config = $$"""
            global: {scrape_interval: 500ms}
            scrape_configs: [{job_name: self, static_configs: [{targets: ['127.0.0.1:{{port}}']}]}]
            remote_write:
            - url: {{pharos.Address}}api/v1/write
              protobuf_message: {{message}}
              send_exemplars: true
              send_native_histograms: true
              queue_config: {batch_send_deadline: 200ms}
            """;
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(
            folder, config, $"--web.listen-address=127.0.0.1:{port}", "--enable-feature=exemplar-storage,native-histograms,metadata-wal-records");
        await Until.TrueAsync("scrapes to arrive", async () => await pharos.Api.NumberAsync("count_over_time(up{job=\"self\"}[1h])") > 4, () => prometheus.Process.Output + pharos.Process.Output);
        string metrics = await new HttpClient().GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        foreach (string line in metrics.Split('\n').Where(static line => line.StartsWith("prometheus_remote_storage_", StringComparison.Ordinal) && line.Contains("_failed_total{", StringComparison.Ordinal)))
        {
            Assert.EndsWith(" 0", line, StringComparison.Ordinal);
        }

        double time = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1;
        string query = "prometheus_tsdb_head_samples_appended_total[1h]";
        string[] sent = Values(await prometheus.Api.QueryAsync(query, time));
        await Until.TrueAsync("the samples until now", async () => Values(await pharos.Api.QueryAsync(query, time)).Intersect(sent).Count() == sent.Length, () => pharos.Process.Output);
    }

    [Fact]
    public async Task The_agent_of_VictoriaMetrics_as_sender_is_content()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}");
        int port = FreePort.Next();
        string scrape = folder.Write("scrape.yml", $"global: {{scrape_interval: 500ms}}\nscrape_configs: [{{job_name: agent, static_configs: [{{targets: ['127.0.0.1:{port}']}}]}}]\n");
        await using ChildProcess agent = ChildProcess.Start(
            Peers.Program("vmagent"),
            [
                $"-httpListenAddr=127.0.0.1:{port}", "-promscrape.config=" + scrape, $"-remoteWrite.url={pharos.Address}api/v1/write",
                "-remoteWrite.tmpDataPath=" + folder.File("agent"), "-remoteWrite.flushInterval=200ms", "-remoteWrite.queues=1", "-remoteWrite.forcePromProto",
            ],
            folder.Path);
        await Until.TrueAsync("scrapes to arrive", async () => await pharos.Api.NumberAsync("count_over_time(up{job=\"agent\"}[1h])") > 3, () => agent.Output + pharos.Process.Output);
        string metrics = await new HttpClient().GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(metrics.Split('\n'), static line => line.StartsWith("vmagent_remotewrite_packets_dropped_total", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
    }

    private static Task<ServerProcess> StartReceiverAsync(TempFolder folder, int port) => ServerProcess.StartPrometheusAsync(
        folder, "global: {}", $"--web.listen-address=127.0.0.1:{port}", "--web.enable-remote-write-receiver");

    private static async Task<int> CountAsync(ServerProcess server) => (int)(await server.Api.NumberAsync("sum(count_over_time({__name__=~\"feed_.*\"}[1h]))") ?? 0);

    private static async Task<int> CountExportedAsync(HttpClient client)
    {
        string lines = await client.GetStringAsync("/api/v1/export?match[]=%7B__name__%3D~%22feed_.*%22%7D");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(static line => JsonDocument.Parse(line).RootElement.GetProperty("values").GetArrayLength());
    }

    // Each sample as text, in order; the label of the sender is checked and left out.
    private static async Task<string[]> SamplesAsync(ServerProcess server, string origin)
    {
        JsonElement answer = await server.Api.QueryAsync("{__name__=~\"feed_.*\"}[1h]");
        var samples = new List<string>();
        foreach (JsonElement series in answer.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            SortedDictionary<string, string> labels = new(series.GetProperty("metric").EnumerateObject().ToDictionary(static l => l.Name, static l => l.Value.GetString()!), StringComparer.Ordinal);
            Assert.Equal(origin, labels.Remove("origin", out string? found) ? found : "");
            samples.AddRange(series.GetProperty("values").EnumerateArray().Select(pair => $"{string.Join(',', labels)} {pair[0].GetRawText()} {pair[1]}"));
        }

        samples.Sort(StringComparer.Ordinal);
        return [.. samples];
    }

    private static string[] Values(JsonElement answer) =>
        [.. answer.GetProperty("data").GetProperty("result").EnumerateArray().SelectMany(static series => series.GetProperty("values").EnumerateArray()).Select(static pair => pair.GetRawText())];

    /// <summary>Requests of one sample for each series, their times 100 ms apart and ending about now.</summary>
    private sealed class Feed
    {
        private readonly long _start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 600_000;
        private int _round;

        public int Written => _round * Series;

        public async Task WriteAsync(ServerProcess server, int rounds)
        {
            for (int end = _round + rounds; _round < end; _round++)
            {
                var request = new WriteRequestBuilder();
                for (int i = 0; i < Series; i++)
                {
                    request.Add(["__name__", $"feed_{i % 3}", "i", $"{i}", "text", "é\"\\"], (_start + (_round * 100), (_round * 1.5) + i));
                }

                await server.RemoteWriteAsync(request.ToBody());
            }
        }
    }
}
