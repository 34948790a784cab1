using System.Net;
using System.Text.Json;

namespace Pharos.Server.Tests.Api;

public sealed class StatusEndpointsTests
{
    /// <summary>Answers of the real Prometheus 3.5, committed: each field of theirs must be in ours, with the same type.</summary>
    [Theory]
    [InlineData("status/flags")]
    [InlineData("status/runtimeinfo")]
    [InlineData("status/buildinfo")]
    [InlineData("status/config")]
    [InlineData("rules")]
    [InlineData("alerts")]
    [InlineData("alertmanagers")]
    [InlineData("notifications")]
    public async Task Answers_have_the_shape_of_Prometheus(string endpoint)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Golden.AssertSameShape(endpoint, await server.TextAsync("/api/v1/" + endpoint));
    }

    [Fact]
    public async Task Flags_are_shown_as_given_and_with_their_defaults()
    {
        await using RunningServer server = await RunningServer.StartAsync("--query.timeout=90s");
        JsonElement flags = await server.DataAsync("/api/v1/status/flags");
        Assert.Equal("1m30s", flags.GetProperty("query.timeout").GetString());
        Assert.Equal("127.0.0.1:0", flags.GetProperty("web.listen-address").GetString());
        Assert.Equal("50000000", flags.GetProperty("query.max-samples").GetString());
    }

    [Fact]
    public async Task The_build_compares_as_the_Prometheus_that_it_follows()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement build = await server.DataAsync("/api/v1/status/buildinfo");
        Assert.StartsWith("3.14.0+pharos.", build.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal("Pharos", build.GetProperty("application").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/v1/search/label_names")]
    public async Task What_is_not_built_says_so(string method, string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.SendAsync(new HttpMethod(method), path);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("unavailable", answer.GetProperty("errorType").GetString());
        Assert.StartsWith("not yet supported: ", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_follow_the_flags()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-lifecycle");
        JsonElement features = await server.DataAsync("/api/v1/features");
        Assert.True(features.GetProperty("api").GetProperty("lifecycle").GetBoolean());
        Assert.False(features.GetProperty("api").GetProperty("admin").GetBoolean());
    }

    [Fact]
    public async Task The_metrics_that_alerts_everywhere_ask_for_are_there()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string metrics = await server.TextAsync("/metrics");
        foreach (string name in new[]
        {
            "prometheus_build_info{", "prometheus_ready 1", "prometheus_config_last_reload_successful 1", "prometheus_config_last_reload_success_timestamp_seconds ",
            "process_cpu_seconds_total ", "process_resident_memory_bytes ", "process_open_fds ", "process_max_fds ", "process_start_time_seconds ",
            "process_virtual_memory_bytes ", "dotnet_gc_heap_size_bytes ",
        })
        {
            Assert.Contains("\n" + name, "\n" + metrics, StringComparison.Ordinal);
        }
    }
}
