using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Server.Tests.Api.Ui;

/// <summary>What the overview says of messages, from the Alertmanager inside, which sends them.</summary>
public sealed class MessageLogTests : IAsyncDisposable
{
    private readonly CapturingReceiver _receiver = new();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_receiver_that_refuses_is_broken_and_one_that_takes_messages_is_not()
    {
        _receiver.Status = static request => request.Path == "/bad" ? 400 : 200;
        await using RunningServer server = await StartAsync();

        JsonElement overview = await UntilAsync(server, static o => o.GetProperty("broken").GetArrayLength() > 0 && o.GetProperty("wrong").GetArrayLength() > 0 && o.GetProperty("wrong")[0].TryGetProperty("told", out _));

        JsonElement broken = Assert.Single(overview.GetProperty("broken").EnumerateArray());
        Assert.Equal(("receiver", "bad"), (broken.GetProperty("kind").GetString(), broken.GetProperty("subject").GetString()));
        Assert.Contains("400", broken.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(overview.GetProperty("wrong")[0].GetProperty("told").GetProperty("receiver").GetString(), (string[])["good", "bad"]);
    }

    [Fact]
    public async Task Without_integrations_nobody_was_told_and_nothing_is_broken()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement overview = await OverviewAsync(server);
        Assert.Equal(0, overview.GetProperty("broken").GetArrayLength());
    }

    private async Task<RunningServer> StartAsync()
    {
        var folder = new TempFolder();
        folder.Write("monitoring/prometheus.yml", "global: { evaluation_interval: 1s }\nrule_files: [rules.yml]\n");
        folder.Write("monitoring/rules.yml", "groups: [{ name: g, rules: [{ alert: Always, expr: vector(3) > 2 }] }]");
        folder.Write("monitoring/alertmanager.yml", $$"""
            route: { receiver: good, group_wait: 0s, group_interval: 1m, routes: [{ receiver: good, continue: true }, { receiver: bad }] }
            receivers:
              - { name: good, webhook_configs: [{ url: "{{_receiver.Address}}good" }] }
              - { name: bad, webhook_configs: [{ url: "{{_receiver.Address}}bad" }] }
            """);
        return await RunningServer.StartAsync(folder, folder.File("monitoring"));
    }

    // The overview is made anew at most every few seconds: a range of its own asks for one of now.
    private static async Task<JsonElement> OverviewAsync(RunningServer server)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return JsonDocument.Parse(await server.TextAsync($"/api/pharos/v1/overview?from={now - 600_000}&to={now}")).RootElement;
    }

    private static async Task<JsonElement> UntilAsync(RunningServer server, Func<JsonElement, bool> condition)
    {
        JsonElement last = default;
        await Until.TrueAsync("the overview", async () => condition(last = await OverviewAsync(server)), () => $"{last}\n{server.Log}");
        return last;
    }
}
