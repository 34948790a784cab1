using System.Text.Json;
using Pharos.Config;
using Pharos.Rules.Views;
using Pharos.Scrape.Targets;
using Pharos.Server.Configuration;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class StatusAndConfigurationTests : IAsyncLifetime
{
    private UiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await UiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_part_says_how_it_does_and_what_to_do()
    {
        _host.Pools = [UiHost.Pool("a", TargetHealth.Up, TargetHealth.Down)];
        _host.Rules = [UiHost.Group(UiHost.Rule("Heavy", "up", RuleHealth.Error))];
        (_, JsonElement answer) = await _host.Browser.GetAsync("/api/pharos/v1/status");
        Dictionary<string, (string?, string?)> components = answer.GetProperty("components").EnumerateArray().ToDictionary(
            static c => c.GetProperty("name").GetString()!, static c => (c.GetProperty("state").GetString(), c.GetProperty("text").GetString()));
        Assert.Equal(("warning", "1 of 2 targets is down"), components["Scraping"]);
        Assert.Equal(("error", "1 rule failed at the last evaluation; Heavy: query timed out"), components["Rules"]);
        Assert.Equal("off", components["Notifications"].Item1);
        Assert.Equal("off", components["Sign-in"].Item1);
        Assert.Equal("ok", components["Configuration"].Item1);
        Assert.True(answer.TryGetProperty("version", out _));
        _host.Told.ReceiverCount = 2;
        _host.Told.Failing.Add(("slack", 1, "500 from the receiver"));
        (_, answer) = await _host.Browser.GetAsync("/api/pharos/v1/status");
        Assert.Contains("slack was not told: 500 from the receiver", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_that_run_are_shown_without_their_secrets_as_they_were_loaded()
    {
        string path = _host.Write("prometheus.yml", "scrape_configs:\n- job_name: a # the first\n  basic_auth: {username: u, password: hunter2}\n");
        string broken = _host.Write("broken.yml", "a: [hunter2");
        _host.FilePaths = [path, broken];
        await _host.Files.ApplyAsync(new PrometheusConfig(), TestContext.Current.CancellationToken);
        _host.Write("prometheus.yml", "changed: true");
        _host.Reload.SetFailure(_host.Clock.GetUtcNow(), "couldn't load", new ConfigError(path, 3, 5, "unknown field", null, null));

        (_, JsonElement answer) = await _host.Browser.GetAsync("/api/pharos/v1/configuration");

        JsonElement[] files = [.. answer.GetProperty("files").EnumerateArray()];
        Assert.Equal([path, broken], files.Select(static file => file.GetProperty("path").GetString()));
        Assert.Contains("- job_name: a # the first", files[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("Prometheus configuration", files[0].GetProperty("kind").GetString());
        Assert.DoesNotContain("hunter2", answer.GetRawText(), StringComparison.Ordinal);
        JsonElement error = answer.GetProperty("lastReload").GetProperty("error");
        Assert.Equal((3, 5), (error.GetProperty("place").GetProperty("line").GetInt32(), error.GetProperty("place").GetProperty("column").GetInt32()));
    }
}
