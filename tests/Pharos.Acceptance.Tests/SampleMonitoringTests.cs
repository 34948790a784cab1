using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>What lies in <c>samples/EndpointStats/monitoring</c>, as upstream's tools and the built server see it.</summary>
public sealed class SampleMonitoringTests
{
    [Theory]
    [InlineData("promtool", "check", "config", "prometheus.yml")]
    [InlineData("promtool", "check", "rules", "rules/alerts.yml", "rules/recording.yml")]
    [InlineData("amtool", "check-config", "alertmanager.yml")]
    public async Task Upstreams_own_tools_accept_its_files(string tool, params string[] arguments)
    {
        await using ChildProcess check = ChildProcess.Start(Peers.Program(tool), arguments, SampleMonitoring.Source);
        Assert.True(await check.WaitForExitAsync(Until.Patience) == 0, check.Output);
    }

    [Fact]
    public async Task Pharos_checks_the_folder_without_an_error()
    {
        await using ChildProcess check = ChildProcess.Start(ServerProcess.PharosProgram, ["check", "config", SampleMonitoring.Source], Repository.Root);
        Assert.True(await check.WaitForExitAsync(Until.Patience) == 0, check.Output);
        Assert.Contains("prometheus.yml: Prometheus configuration (3 scrape jobs", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metrics_of_the_application_pass_promtool_check_metrics()
    {
        using var folder = new TempFolder();
        await using SampleApplication application = await SampleApplication.StartAsync(folder, FreePort.Next());
        string metrics = folder.Write("metrics.txt", await application.Http.GetStringAsync("/metrics"));
        await using ChildProcess check = ChildProcess.Start("/bin/sh", ["-c", "exec \"$0\" check metrics < \"$1\"", Peers.Program("promtool"), metrics], folder.Path);
        Assert.True(await check.WaitForExitAsync(Until.Patience) == 0, check.Output);
        await application.StopAsync();
    }

    [Fact]
    public async Task Every_question_of_every_panel_has_an_answer_from_the_running_application()
    {
        using var folder = new TempFolder();
        await using SampleApplication application = await SampleApplication.StartAsync(folder, FreePort.Next());
        await application.SetTrafficAsync(new { errors = 0.5 });
        int port = FreePort.Next();
        string monitoring = SampleMonitoring.Copy(folder, application.Port, FreePort.Next(), null, port);
        await using ServerProcess pharos = await ServerProcess.StartFolderAsync(folder, monitoring, port);
        await Until.TrueAsync("all three jobs", async () => await pharos.Api.NumberAsync("count(up == 1)") == 3, () => pharos.Process.Output);
        await Until.TrueAsync("errors", async () => await pharos.Api.NumberAsync("sum(rate(http_requests_total{status=\"503\"}[1m]))") > 0, () => pharos.Process.Output);

        foreach ((string panel, string expression) in Questions())
        {
            await Until.TrueAsync($"an answer to {panel}: {expression}", async () =>
            {
                JsonElement answer = await pharos.Api.QueryAsync(expression);
                return answer.GetProperty("data").GetProperty("result").GetArrayLength() > 0;
            }, () => pharos.Process.Output);
        }
    }

    private static IEnumerable<(string Panel, string Expression)> Questions() =>
        from file in Directory.EnumerateFiles(Path.Combine(SampleMonitoring.Source, "dashboards"))
        from panel in JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        select (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!
            .Replace("$__rate_interval", "20s", StringComparison.Ordinal)
            .Replace("$job", "endpoint-stats", StringComparison.Ordinal)
            .Replace("$instance", ".+", StringComparison.Ordinal)
            .Replace("$endpoint", ".+", StringComparison.Ordinal));
}
