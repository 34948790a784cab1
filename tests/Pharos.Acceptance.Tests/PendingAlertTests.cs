using System.Globalization;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>An alert that was pending when the process died goes on pending after the restart from where it was, and fires when its time has come.</summary>
public sealed class PendingAlertTests : IAsyncLifetime
{
    private static readonly TimeSpan For = TimeSpan.FromSeconds(15);

    private readonly TempFolder _folder = new();
    private readonly CapturingReceiver _receiver = new();

    public ValueTask InitializeAsync()
    {
        _folder.Write("rules.yml", "groups: [{ name: g, interval: 1s, rules: [{ alert: Slow, expr: vector(1), for: 15s }] }]");
        _folder.Write("alertmanager.yml", $$"""
            route: { receiver: team, group_wait: 0s }
            receivers: [{ name: team, webhook_configs: [{ url: "{{_receiver.Address}}hook" }] }]
            """);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_a_kill_it_fires_once_when_its_whole_time_is_over_and_does_not_begin_anew()
    {
        DateTimeOffset began;
        await using (ServerProcess pharos = await StartAsync())
        {
            await Until.TrueAsync("five seconds of pending", async () => await pharos.Api.NumberAsync("time() - ALERTS_FOR_STATE") > 5, () => pharos.Process.Output);
            (string state, began) = await AlertAsync(pharos);
            Assert.Equal("pending", state);
            await pharos.Process.KillAsync();
        }

        Assert.Empty(_receiver.Requests);
        await using ServerProcess again = await StartAsync();
        await Until.TrueAsync("the message", () => Task.FromResult(_receiver.Requests.Count > 0), () => StateOf(again));
        DateTimeOffset told = DateTimeOffset.UtcNow;

        (string firing, DateTimeOffset active) = await AlertAsync(again);
        Assert.Equal("firing", firing);

        // What began moves by the time away, which does not count as pending, and by no more: begun anew it would be later by what had passed before.
        JsonElement states = (await again.Api.QueryAsync("ALERTS_FOR_STATE[10m]")).GetProperty("data").GetProperty("result")[0].GetProperty("values");
        List<(double Time, double Since)> samples = [.. states.EnumerateArray().Select(static s => (s[0].GetDouble(), double.Parse(s[1].GetString()!, CultureInfo.InvariantCulture)))];
        (double wentAway, double first) = samples.Last(sample => sample.Since == samples[0].Since);
        (double back, double second) = samples.First(sample => sample.Since != samples[0].Since);
        Assert.InRange(second - first, 0, back - wentAway + 1);
        Assert.True(active > began);
        Assert.True(told - active >= For, $"told {told:O}, active since {active:O}");
        Assert.Equal("firing", Assert.Single(_receiver.Requests).Json.GetProperty("status").GetString());
    }

    private Task<ServerProcess> StartAsync() =>
        ServerProcess.StartPharosAsync(_folder, "rule_files: [rules.yml]", "--rules.alert.for-grace-period=1s", "--alertmanager.config.file=" + _folder.File("alertmanager.yml"));

    private static string StateOf(ServerProcess server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        IEnumerable<string> answers = new[] { "/api/v1/rules", "/api/v2/alerts/groups", "/api/pharos/v1/notifications" }.Select(path => Read(client, path));
        return string.Join('\n', answers.Append(server.Process.Output));
    }

    private static string Read(HttpClient client, string path)
    {
        using HttpResponseMessage response = client.Send(new HttpRequestMessage(HttpMethod.Get, path));
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return $"{path}: {reader.ReadToEnd()}";
    }

    private static async Task<(string State, DateTimeOffset Active)> AlertAsync(ServerProcess server)
    {
        JsonElement alert = Assert.Single((await server.Api.GetAsync("/api/v1/alerts")).GetProperty("data").GetProperty("alerts").EnumerateArray());
        return (alert.GetProperty("state").GetString()!, DateTimeOffset.Parse(alert.GetProperty("activeAt").GetString()!, CultureInfo.InvariantCulture));
    }
}
