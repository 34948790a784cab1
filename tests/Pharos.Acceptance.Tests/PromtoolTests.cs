using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Upstream's own command-line tool against the built server.</summary>
public sealed class PromtoolTests
{
    [Fact]
    public async Task Promtool_queries_checks_and_analyzes()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder);
        await Until.TrueAsync("samples of two scrapes", async () => await pharos.Api.NumberAsync("min(count_over_time(up[5m]))") >= 2, () => pharos.Process.Output);
        string url = pharos.Address.ToString().TrimEnd('/');

        Assert.Contains("up{", await PromtoolAsync(folder, "query", "instant", url, "up"), StringComparison.Ordinal);
        Assert.Contains("=>", await PromtoolAsync(folder, "query", "instant", url, "sum(up)"), StringComparison.Ordinal);
        Assert.Contains("up{", await PromtoolAsync(folder, "query", "range", "--step=15s", url, "up"), StringComparison.Ordinal);
        Assert.Contains("__name__=\"up\"", await PromtoolAsync(folder, "query", "series", "--match=up", url), StringComparison.Ordinal);
        Assert.Contains("pharos\n", await PromtoolAsync(folder, "query", "labels", url, "job"), StringComparison.Ordinal);
        await Until.TrueAsync("a histogram with two observations in time", async () => await pharos.Api.NumberAsync("min(count_over_time(prometheus_http_request_duration_seconds_count{handler=\"/api/v1/query\"}[5m]))") >= 2, () => pharos.Process.Output);
        Assert.Contains("(classic)", await PromtoolAsync(folder, "query", "analyze", "--server=" + url, "--type=histogram", "--match=prometheus_http_request_duration_seconds_bucket"), StringComparison.Ordinal);
        await PromtoolAsync(folder, "check", "healthy", "--url=" + url);
        await PromtoolAsync(folder, "check", "ready", "--url=" + url);
    }

    [Fact]
    public async Task Own_metrics_pass_promtool_check_metrics()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}");
        string metrics = folder.Write("metrics.txt", await pharos.Api.Http.GetStringAsync("/metrics"));

        await using ChildProcess check = ChildProcess.Start("/bin/sh", ["-c", "exec \"$0\" check metrics < \"$1\"", Peers.Program("promtool"), metrics], folder.Path);
        await check.WaitForExitAsync(Until.Patience);

        // Prometheus' own names, which its own tool finds fault with.
        string[] upstream = ["prometheus_engine_query_duration_histogram_seconds", "prometheus_rule_evaluation_duration_histogram_seconds", "prometheus_rule_group_duration_histogram_seconds"];
        Assert.DoesNotContain(check.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !upstream.Contains(line.Split(' ')[0], StringComparer.Ordinal));
    }

    private static async Task<string> PromtoolAsync(TempFolder folder, params string[] arguments)
    {
        await using ChildProcess promtool = ChildProcess.Start(Peers.Program("promtool"), arguments, folder.Path);
        int exitCode = await promtool.WaitForExitAsync(Until.Patience);
        Assert.True(exitCode == 0, $"promtool {string.Join(' ', arguments)} ended with {exitCode}: {promtool.Output}");
        return promtool.Output;
    }
}
