using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Debian's node exporter and a real Flask application, scraped by the built server; nothing faked.</summary>
public sealed class RealTargetTests
{
    [Fact]
    public async Task Targets_are_scraped_and_when_stopped_are_down_with_a_reason_and_their_series_stale()
    {
        using var folder = new TempFolder();
        await using var real = new RealTargets(folder);
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, real.ScrapeSettings);
        string State() => pharos.Process.Output;

        await Until.TrueAsync("both targets to be up", async () => await pharos.Api.NumberAsync("sum(up)") == 2, State);
        await CallFlaskAsync(real.FlaskAddress);
        await Until.TrueAsync("the calls to be counted", async () => await pharos.Api.NumberAsync("http_requests_total{endpoint=\"/fail\",status=\"500\"}") == 3, State);
        await Until.TrueAsync("CPU time of the host", async () => await pharos.Api.NumberAsync("count(node_cpu_seconds_total{mode=\"idle\"})") >= 1, State);

        await real.KillAsync();

        await Until.TrueAsync("both targets to be down", async () => await pharos.Api.NumberAsync("sum(up)") == 0, State);
        await Until.TrueAsync("stale series", async () => await pharos.Api.NumberAsync("count(http_requests_total)") is null, State);
        Assert.Null(await pharos.Api.NumberAsync("count(node_cpu_seconds_total)"));
        JsonElement targets = (await pharos.Api.GetAsync("/api/v1/targets")).GetProperty("data").GetProperty("activeTargets");
        Assert.Equal(2, targets.GetArrayLength());
        foreach (JsonElement target in targets.EnumerateArray())
        {
            Assert.Equal("down", target.GetProperty("health").GetString());
            Assert.Contains("connection refused", target.GetProperty("lastError").GetString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Without_a_configuration_the_host_and_pharos_itself_are_scraped()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder);
        string State() => pharos.Process.Output;

        await Until.TrueAsync("the built-in targets", async () => await pharos.Api.NumberAsync("count(up == 1)") >= 2, State);
        await Until.TrueAsync("the host's memory", async () => await pharos.Api.NumberAsync("node_memory_MemTotal_bytes") > 1e8, State);

        // The very first scrape of itself may come before the first of the host.
        await Until.TrueAsync("the number of series", async () => await pharos.Api.NumberAsync("prometheus_tsdb_head_series") > 100, State);
    }

    private static async Task CallFlaskAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (int i = 0; i < 3; i++)
        {
            await client.GetAsync("/fail");
            await client.GetAsync("/");
        }
    }
}
