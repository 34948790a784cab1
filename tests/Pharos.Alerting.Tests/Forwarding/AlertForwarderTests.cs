using System.Text.Json;
using Pharos.Alerting.Forwarding;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Forwarding;

public sealed class AlertForwarderTests : IAsyncDisposable
{
    private readonly RecordedLog _log = new();
    private readonly List<string> _bodies = [];
    private readonly FakeTarget _outside;
    private readonly AlertForwarder _forwarder;

    public AlertForwarderTests()
    {
        _outside = new FakeTarget(KeepAsync);
        _forwarder = new AlertForwarder(
            new ForwardingOptions { BatchSize = 2, QueueCapacity = 4, IsOwn = static (scheme, address) => (scheme, address) == ("http", "localhost:9090") }, TimeProvider.System, _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _forwarder.DisposeAsync();
        await _outside.DisposeAsync();
    }

    [Fact]
    public async Task Alerts_are_posted_in_batches_with_external_labels_and_relabelled()
    {
        await ApplyAsync($$"""
            - path_prefix: /am/
              static_configs: [{targets: ['{{_outside.Address}}']}]
              alert_relabel_configs: [{action: labeldrop, regex: secret}]
            """);
        Alert[] alerts = [Alert("1"), Alert("2"), Alert("3")];
        _forwarder.Send(AlertRelabeling.Apply(alerts, Labels.Of("cluster", "eu", "instance", "not this"), []));
        await Wait.UntilAsync(() => Sent() == 3, "three alerts");
        JsonElement first = JsonDocument.Parse(_bodies[0]).RootElement[0];
        Assert.Equal("eu", first.GetProperty("labels").GetProperty("cluster").GetString());
        Assert.Equal("1", first.GetProperty("labels").GetProperty("instance").GetString());
        Assert.False(first.GetProperty("labels").TryGetProperty("secret", out _));
        Assert.Equal("1970-01-01T00:00:01.500Z", first.GetProperty("startsAt").GetString());
        Assert.StartsWith("POST /am/api/v2/alerts ", _outside.Requests[0], StringComparison.Ordinal);
        Assert.True(_bodies.Count >= 2);
        Assert.Equal([$"http://{_outside.Address}/am/api/v2/alerts"], _forwarder.Active);
    }

    [Fact]
    public async Task An_address_of_our_own_is_active_and_not_sent_to_and_a_dropped_one_is_listed()
    {
        await ApplyAsync("""
            - static_configs: [{targets: ['localhost:9090', 'gone:9093']}]
              relabel_configs: [{source_labels: [__address__], regex: 'gone.*', action: drop}]
              alert_relabel_configs: [{target_label: via, replacement: own}]
            """);
        _forwarder.Send([Alert("1")]);
        Assert.Equal(["http://localhost:9090/api/v2/alerts"], _forwarder.Active);
        Assert.Equal(["http://gone:9093/api/v2/alerts"], _forwarder.Dropped);
        Assert.Empty(_forwarder.Counters);
        Assert.Equal("via", Assert.Single(_forwarder.OwnRelabelConfigs).TargetLabel);
    }

    [Fact]
    public async Task One_that_refuses_is_counted_and_logged()
    {
        _outside.Answer = static (_, stream, stop) => FakeTarget.WriteAsync(stream, "no", "text/plain", "500 Internal Server Error", stop);
        await ApplyAsync($"- static_configs: [{{targets: ['{_outside.Address}']}}]");
        _forwarder.Send([Alert("1")]);
        await Wait.UntilAsync(() => _log.Lines.Count == 1, "the failure");
        Assert.Contains("bad response status 500", _log.Lines[0], StringComparison.Ordinal);
        SendCounters counters = _forwarder.Counters.Single().Counters;
        Assert.Equal((1, 1, 1), (counters.Sent, counters.Errors, counters.Dropped));
    }

    [Fact]
    public async Task One_that_hangs_holds_up_no_other_and_loses_the_oldest_of_a_full_queue()
    {
        await using var hanging = new FakeTarget(static (_, _, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        await ApplyAsync($"- static_configs: [{{targets: ['{_outside.Address}', '{hanging.Address}']}}]");
        _forwarder.Send([Alert("0")]);
        await Wait.UntilAsync(() => hanging.Requests.Count == 1 && Sent() == 1, "both to be asked");
        for (int i = 1; i <= 10; i++)
        {
            _forwarder.Send([Alert($"{i}")]);
            await Wait.UntilAsync(() => Sent() == i + 1, "the one that answers");
        }

        SendCounters stuck = _forwarder.Counters.Single(pair => pair.Alertmanager.Contains(hanging.Address, StringComparison.Ordinal)).Counters;
        Assert.Equal(6, stuck.Dropped);
        Assert.Equal(4, _forwarder.QueueLength);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task What_waits_is_sent_before_the_end()
    {
        await ApplyAsync($"- static_configs: [{{targets: ['{_outside.Address}']}}]");
        _forwarder.Send([Alert("1"), Alert("2"), Alert("3"), Alert("4")]);
        await _forwarder.StopAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(4, Sent());
    }

    private int Sent()
    {
        lock (_bodies)
        {
            return _bodies.Sum(static body => JsonDocument.Parse(body).RootElement.GetArrayLength());
        }
    }

    private Task ApplyAsync(string alertmanagers)
    {
        var diagnostics = new ConfigDiagnostics("prometheus.yml");
        YamlNode? root = YamlParser.Single(YamlParser.ParseText("alertmanagers:\n" + alertmanagers, diagnostics), diagnostics);
        AlertingConfig config = YamlMapping.Read(root, "config.plain", default, diagnostics, static map => AlertingConfig.Read(map, NameValidation.Utf8), out _)!;
        diagnostics.ThrowIfErrors();
        return _forwarder.ApplyAsync(config.Alertmanagers);
    }

    private async Task KeepAsync(string head, Stream stream, CancellationToken stop)
    {
        string length = head.Split("\r\n").First(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        byte[] body = new byte[int.Parse(length)];
        await stream.ReadExactlyAsync(body, stop);
        lock (_bodies)
        {
            _bodies.Add(System.Text.Encoding.UTF8.GetString(body));
        }

        await FakeTarget.WriteAsync(stream, "", "text/plain", "200 OK", stop);
    }

    private static Alert Alert(string instance) => new(Labels.Of("alertname", "Down", "instance", instance, "secret", "x"), Labels.Empty, 1500, 9000, "");
}
