using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>
/// From a stopped application to a message and back, nothing faked: Debian's node exporter and the sample application as targets, the sample's own rules
/// and routes with shorter times, and a receiver on this machine that keeps what it is sent.
/// </summary>
public sealed class SampleAlertTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly int _nodePort = FreePort.Next();
    private ChildProcess? _node;
    private SampleApplication? _sink;
    private SampleApplication? _application;
    private ServerProcess? _pharos;

    private ServerProcess Pharos => _pharos!;

    private SampleApplication Sink => _sink!;

    public async ValueTask InitializeAsync()
    {
        _node = Peers.StartNodeExporter(_nodePort, _folder.Path);
        _sink = await SampleApplication.StartSinkAsync(_folder, FreePort.Next());
        _application = await SampleApplication.StartAsync(_folder, FreePort.Next());
        _pharos = await ServerProcess.StartFolderAsync(_folder, SampleMonitoring.Copy(_folder, _application.Port, _sink.Port, _nodePort, _port), _port);
        await Until.TrueAsync("all three jobs", async () => await Pharos.Api.NumberAsync("count(up == 1)") == 3, State);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? process in new IAsyncDisposable?[] { _pharos, _application, _sink, _node })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_stopped_application_is_pending_then_firing_then_told_to_both_channels_and_when_it_is_back_that_is_told_too()
    {
        await _application!.StopAsync();

        await Until.TrueAsync("FlaskAppDown to be pending", async () => await StateOfAsync("FlaskAppDown") == "pending", State);
        Assert.Empty(await Sink.MessagesAsync("FlaskAppDown"));
        await Until.TrueAsync("FlaskAppDown to fire", async () => await StateOfAsync("FlaskAppDown") == "firing", State);
        await Until.TrueAsync("the group", async () => (await GroupLabelsAsync()).Contains("FlaskAppDown critical"), State);
        await Until.TrueAsync("both messages", async () => (await Sink.MessagesAsync("FlaskAppDown", "FIRING")).Count == 2, State);
        IReadOnlyList<JsonElement> fired = await Sink.MessagesAsync("FlaskAppDown", "FIRING");
        Assert.Equal(["#incidents", "#monitoring"], fired.Select(static m => m.GetProperty("channel").GetString()).Order(StringComparer.Ordinal));
        Assert.All(fired, static message => CheckSlackMessage(message, "[FIRING CRITICAL] FlaskAppDown", "danger"));

        int port = _application.Port;
        await _application.DisposeAsync();
        _application = await SampleApplication.StartAsync(_folder, port);

        await Until.TrueAsync("both channels to hear the end", async () => (await Sink.MessagesAsync("FlaskAppDown", "RESOLVED")).Count == 2, State);
        Assert.All(await Sink.MessagesAsync("FlaskAppDown", "RESOLVED"), static message => CheckSlackMessage(message, "[RESOLVED] FlaskAppDown", "good"));
        Assert.Equal("inactive", await StateOfAsync("FlaskAppDown"));
        Assert.Equal(2, (await Sink.MessagesAsync("FlaskAppDown", "FIRING")).Count);
    }

    [Fact]
    public async Task An_application_that_fails_and_is_slow_is_told_with_its_numbers()
    {
        await _application!.SetTrafficAsync(new { errors = 0.5, slowness = 1.5 });

        await Until.TrueAsync("both messages", async () => (await Sink.MessagesAsync("FlaskHighErrorRate")).Count > 0 && (await Sink.MessagesAsync("FlaskHighLatency")).Count > 0, State);

        JsonElement errors = (await Sink.MessagesAsync("FlaskHighErrorRate"))[0];
        CheckSlackMessage(errors, "[FIRING WARNING] FlaskHighErrorRate", "danger");
        Assert.Matches(@"^\d+(\.\d+)?% of requests to endpoint-stats fail", Attachment(errors).GetProperty("text").GetString()!.Trim());
        JsonElement latency = (await Sink.MessagesAsync("FlaskHighLatency"))[0];
        Assert.Equal("#monitoring", latency.GetProperty("channel").GetString());
        Assert.Matches(@"^Requests to endpoint-stats take \d+(\.\d+)?s \(p95\)", Attachment(latency).GetProperty("text").GetString()!.Trim());
        Assert.All(await Sink.MessagesAsync("WARNING"), static message => Assert.Equal("#monitoring", message.GetProperty("channel").GetString()));
    }

    private static void CheckSlackMessage(JsonElement message, string title, string colour)
    {
        JsonElement attachment = Attachment(message);
        Assert.Equal(title, attachment.GetProperty("title").GetString());
        Assert.Equal(colour, attachment.GetProperty("color").GetString());
        Assert.NotEmpty(attachment.GetProperty("fallback").GetString()!);
        Assert.Contains("endpoint-stats", attachment.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["fallback", "pretext", "text"], attachment.GetProperty("mrkdwn_in").EnumerateArray().Select(static e => e.GetString()));
    }

    private static JsonElement Attachment(JsonElement message) => Assert.Single(message.GetProperty("attachments").EnumerateArray());

    // The state of the rule, which is that of its most urgent alert.
    private async Task<string?> StateOfAsync(string alert)
    {
        JsonElement groups = (await Pharos.Api.GetAsync("/api/v1/rules?type=alert")).GetProperty("data").GetProperty("groups");
        return groups.EnumerateArray().SelectMany(static g => g.GetProperty("rules").EnumerateArray())
            .First(r => r.GetProperty("name").GetString() == alert).GetProperty("state").GetString();
    }

    private async Task<IReadOnlyList<string>> GroupLabelsAsync() =>
        [.. (await Pharos.Api.GetAsync("/api/v2/alerts/groups")).EnumerateArray().Select(static g => g.GetProperty("labels")).Where(static l => l.TryGetProperty("alertname", out _))
            .Select(static l => $"{l.GetProperty("alertname").GetString()} {l.GetProperty("severity").GetString()}")];

    private string State() => Pharos.Process.Output + Sink.Output;
}
