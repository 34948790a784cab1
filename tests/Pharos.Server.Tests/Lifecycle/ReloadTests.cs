using System.Net;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Lifecycle;

/// <summary>Reload of the configuration in the running server: all or nothing.</summary>
public sealed class ReloadTests
{
    private const string Good =
        """
        global: {scrape_interval: 1m}
        scrape_configs:
        - job_name: first
          static_configs: [{targets: ['127.0.0.1:1']}]
        """;

    private const string Bad =
        """
        global: {scrape_intervall: 1m, evaluation_interval: soon}
        """;

    [Fact]
    public async Task A_good_file_is_taken_up_and_shown()
    {
        var folder = new TempFolder();
        string file = folder.Write("prometheus.yml", Good);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--config.file=" + file, "--web.enable-lifecycle");
        folder.Write("prometheus.yml", Good.Replace("first", "second", StringComparison.Ordinal));

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/-/reload");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("job_name: second", (await server.DataAsync("/api/v1/status/config")).GetProperty("yaml").GetString(), StringComparison.Ordinal);
        Assert.Equal("second", (await server.DataAsync("/api/v1/scrape_pools")).GetProperty("scrapePools")[0].GetString());
    }

    [Fact]
    public async Task A_bad_file_keeps_what_runs_and_shows_in_log_api_and_metric()
    {
        var folder = new TempFolder();
        string file = folder.Write("prometheus.yml", Good);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--config.file=" + file, "--web.enable-lifecycle");
        folder.Write("prometheus.yml", Bad);

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/-/reload");

        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.StartsWith("failed to reload config: ", answer, StringComparison.Ordinal);
        Assert.Contains("scrape_intervall", answer, StringComparison.Ordinal);
        Assert.Contains("soon", answer, StringComparison.Ordinal);
        Assert.Contains("msg=\"The configuration is refused\" file=" + file + " line=1", server.Log, StringComparison.Ordinal);
        JsonElement runtime = await server.DataAsync("/api/v1/status/runtimeinfo");
        Assert.False(runtime.GetProperty("reloadConfigSuccess").GetBoolean());
        Assert.Contains("scrape_intervall", runtime.GetProperty("lastConfigError").GetString(), StringComparison.Ordinal);
        Assert.Contains("\nprometheus_config_last_reload_successful 0\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal("first", (await server.DataAsync("/api/v1/scrape_pools")).GetProperty("scrapePools")[0].GetString());

        folder.Write("prometheus.yml", Good);
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("\nprometheus_config_last_reload_successful 1\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
        Assert.False((await server.DataAsync("/api/v1/status/runtimeinfo")).TryGetProperty("lastConfigError", out _));
    }

    [Theory]
    [InlineData("", "15d")]
    [InlineData("", "10GiB", "--storage.tsdb.retention.size=10GB")]
    [InlineData("", "30d or 10GiB", "--storage.tsdb.retention.size=10GB", "--storage.tsdb.retention.time=30d")]
    [InlineData("storage:\n  tsdb:\n    retention:\n      size: 1GB\n", "15d or 1GiB")]
    [InlineData("storage:\n  tsdb:\n    retention:\n      time: 1h\n      percentage: 12.5\n", "1h or 1GiB or 12.5%", "--storage.tsdb.retention.size=1GB")]
    public async Task What_is_kept_is_shown_as_upstream_shows_it(string config, string expected, params string[] flags)
    {
        var folder = new TempFolder();
        string file = folder.Write("prometheus.yml", config.Length > 0 ? config : "global: {}\n");
        await using RunningServer server = await RunningServer.StartAsync(folder, ["--config.file=" + file, .. flags]);
        Assert.Equal(expected, (await server.DataAsync("/api/v1/status/runtimeinfo")).GetProperty("storageRetention").GetString());
        string metrics = await server.TextAsync("/metrics");
        Assert.Contains("\nprometheus_tsdb_compactions_total 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nprometheus_tsdb_compaction_duration_seconds_bucket{le=\"8192\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nprometheus_tsdb_retention_limit_bytes " + (expected.Contains("10GiB", StringComparison.Ordinal) ? "1.073741824e+10" : expected.Contains("1GiB", StringComparison.Ordinal) ? "1.073741824e+09" : "0") + "\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_comes_from_the_file_then_from_the_flag()
    {
        var folder = new TempFolder();
        string file = folder.Write("prometheus.yml", "global: {}\n");
        await using RunningServer server = await RunningServer.StartAsync(folder, "--config.file=" + file, "--storage.tsdb.retention.time=30d");
        Assert.Equal("30d", (await server.DataAsync("/api/v1/status/runtimeinfo")).GetProperty("storageRetention").GetString());

        folder.Write("prometheus.yml", "storage: {tsdb: {retention: {time: 3d}}}\n");
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        Assert.Equal("3d", (await server.DataAsync("/api/v1/status/runtimeinfo")).GetProperty("storageRetention").GetString());
    }
}
