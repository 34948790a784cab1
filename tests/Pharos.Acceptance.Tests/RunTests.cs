using System.Text.RegularExpressions;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>The one command, <c>./run</c>, as a newcomer starts it, but with a data folder of the test's own.</summary>
public sealed class RunTests
{
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task It_shows_the_host_and_the_application_takes_both_down_and_keeps_the_history()
    {
        using var folder = new TempFolder();
        await using (ChildProcess first = Start(folder))
        {
            await Until.TrueAsync("the three answers", () => Task.FromResult(first.Output.Contains("Ctrl-C stops it.", StringComparison.Ordinal)), () => first.Output);
            Assert.Matches(@"node_load1\{instance=""localhost:9100"", job=""node""\} => \d", first.Output);
            Assert.Contains("Sign in as          admin", first.Output, StringComparison.Ordinal);
            string application = Address("The sample").Match(first.Output).Groups[1].Value;
            string sink = Address("Its alerts go to").Match(first.Output).Groups[1].Value;
            using var client = new HttpClient();
            Assert.Contains("http_requests_total{", await client.GetStringAsync(application + "/metrics"), StringComparison.Ordinal);
            Assert.Equal("No message yet.\n", await client.GetStringAsync(sink));

            Assert.Equal(0, await first.TerminateAsync(Stopping));

            Assert.Contains("stopped; the history stays in", first.Output, StringComparison.Ordinal);
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(application));
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(sink));
        }

        await using ChildProcess second = Start(folder);
        await Until.TrueAsync("the second start", () => Task.FromResult(second.Output.Contains("Ctrl-C stops it.", StringComparison.Ordinal)), () => second.Output);
        Assert.Matches(@"History of earlier runs: [1-9]\d* samples of node_load1", second.Output);
        Assert.Equal(0, await second.TerminateAsync(Stopping));
    }

    [Fact]
    public async Task With_a_configuration_of_ones_own_the_sample_stays_away()
    {
        using var folder = new TempFolder();
        string file = folder.Write("own.yml", "scrape_configs: []\n");
        await using ChildProcess run = Start(folder, "--config.file=" + file, "--log.level", "debug");
        await Until.TrueAsync("the address", () => Task.FromResult(run.Output.Contains("Pharos answers on", StringComparison.Ordinal)), () => run.Output);
        Assert.Equal(0, await run.TerminateAsync(Stopping));
        Assert.DoesNotContain("The sample", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("data/sample-app")));
    }

    private static ChildProcess Start(TempFolder folder, params string[] arguments) =>
        ChildProcess.Start(Path.Combine(Repository.Root, "run"), ["--storage.tsdb.path=" + folder.File("data"), .. arguments], Repository.Root);

    private static Regex Address(string line) => new($"^{line} +(http://[0-9.:]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant);
}
