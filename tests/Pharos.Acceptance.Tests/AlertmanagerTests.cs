using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>The Alertmanager inside, seen from outside: by the real amtool, the real Prometheus, beside the real Alertmanager, and over a kill.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly CapturingReceiver _receiver = new();

    private string Config => $$"""
        global: { slack_api_url: "{{_receiver.Address}}slack" }
        route: { receiver: team, group_by: [alertname], group_wait: 1s, group_interval: 2s, repeat_interval: 1h }
        receivers:
          - name: team
            webhook_configs: [{ url: "{{_receiver.Address}}hook", send_resolved: true }]
            slack_configs: [{ channel: "#monitoring", send_resolved: true }]
        """;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_real_amtool_asks_adds_silences_and_expires()
    {
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}");
        await AmtoolAsync(pharos.Address, "alert", "add", "alertname=DiskFull", "instance=db1", "--annotation=summary=no room");
        Assert.Contains("DiskFull", await AmtoolAsync(pharos.Address, "alert", "query", "instance=~db.*"), StringComparison.Ordinal);
        string id = (await AmtoolAsync(pharos.Address, "silence", "add", "alertname=DiskFull", "--author=ann", "--comment=works", "--duration=1h")).Trim();
        Assert.True(Guid.TryParse(id, out _), id);
        Assert.DoesNotContain("DiskFull", await AmtoolAsync(pharos.Address, "alert", "query"), StringComparison.Ordinal);
        Assert.Contains("DiskFull", await AmtoolAsync(pharos.Address, "alert", "query", "--silenced"), StringComparison.Ordinal);
        string exported = await AmtoolAsync(pharos.Address, "silence", "query", "-o", "json");
        Assert.Contains(id, exported, StringComparison.Ordinal);
        await AmtoolAsync(pharos.Address, "silence", "expire", id);
        Assert.DoesNotContain(id, await AmtoolAsync(pharos.Address, "silence", "query"), StringComparison.Ordinal);
        Assert.Contains("DiskFull", await AmtoolAsync(pharos.Address, "alert", "query"), StringComparison.Ordinal);
        JsonNode silence = JsonNode.Parse(exported)!.AsArray()[0]!;
        silence.AsObject().Remove("id");
        string file = _folder.Write("silences.json", new JsonArray(silence.DeepClone()).ToJsonString());
        await AmtoolAsync(pharos.Address, "silence", "import", file);
        Assert.Contains("DiskFull", await AmtoolAsync(pharos.Address, "silence", "query"), StringComparison.Ordinal);
        Assert.Contains("default", await AmtoolAsync(pharos.Address, "config", "show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_amtool_signs_in_by_its_http_config_file_and_is_refused_without()
    {
        string password = _folder.Write("password", "correct horse battery");
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--web.auth=required", "--web.admin-password-file=" + password);
        string http = _folder.Write("http.yml", "basic_auth: { username: admin, password: 'correct horse battery' }");
        await AmtoolAsync(pharos.Address, "--http.config.file=" + http, "alert", "add", "alertname=DiskFull");
        Assert.Contains("DiskFull", await AmtoolAsync(pharos.Address, "--http.config.file=" + http, "alert", "query"), StringComparison.Ordinal);
        Assert.NotEqual(0, (await RunAmtoolAsync(pharos.Address, "alert", "query")).ExitCode);
        var withPassword = new Uri($"http://admin:correct%20horse%20battery@127.0.0.1:{pharos.Port}");
        Assert.Contains("DiskFull", await AmtoolAsync(withPassword, "alert", "query"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_Prometheus_sends_its_alerts_with_basic_auth()
    {
        string password = _folder.Write("password", "correct horse battery");
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--web.auth=required", "--web.admin-password-file=" + password);
        _folder.Write("rules.yml", "groups: [{ name: g, rules: [{ alert: Always, expr: vector(1), labels: { severity: info } }] }]");
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(_folder, $$"""
            global: { evaluation_interval: 1s, external_labels: { cluster: eu } }
            rule_files: [rules.yml]
            alerting:
              alertmanagers:
                - basic_auth: { username: admin, password: 'correct horse battery' }
                  static_configs: [{ targets: ["127.0.0.1:{{pharos.Port}}"] }]
            """, "--rules.alert.resend-delay=1s");
        string http = _folder.Write("http.yml", "basic_auth: { username: admin, password: 'correct horse battery' }");
        string seen = "";
        await Until.TrueAsync(
            "the alert to arrive",
            async () => (seen = await AmtoolAsync(pharos.Address, "--http.config.file=" + http, "alert", "query", "-o", "json")).Contains("Always", StringComparison.Ordinal),
            () => prometheus.Process.Output);
        JsonElement labels = JsonDocument.Parse(seen).RootElement[0].GetProperty("labels");
        Assert.Equal("eu", labels.GetProperty("cluster").GetString());
    }

    [Fact]
    public async Task Silences_and_what_receivers_know_survive_a_kill()
    {
        string file = _folder.Write("alertmanager.yml", Config);
        string silence;
        await using (ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--alertmanager.config.file=" + file))
        {
            await PostAlertAsync(pharos, "Down");
            await Until.TrueAsync("both messages", () => Task.FromResult(_receiver.Requests.Count == 2), () => pharos.Process.Output);
            await Until.TrueAsync("both to be on the disk", () => Task.FromResult(NflogHas("webhook") && NflogHas("slack")), () => pharos.Process.Output);
            silence = (await AmtoolAsync(pharos.Address, "silence", "add", "alertname=Other", "--author=ann", "--comment=works", "--duration=1h")).Trim();
            await pharos.Process.KillAsync();
        }

        await using ServerProcess again = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--alertmanager.config.file=" + file);
        Assert.Contains(silence, await AmtoolAsync(again.Address, "silence", "query"), StringComparison.Ordinal);
        double before = await MetricAsync(again, "alertmanager_nflog_queries_total");
        await PostAlertAsync(again, "Down");
        await Until.TrueAsync("the group to be looked at again", async () => await MetricAsync(again, "alertmanager_nflog_queries_total") >= before + 2, () => again.Process.Output);
        Assert.Equal(2, _receiver.Requests.Count);
        JsonElement notifications = await again.Api.GetAsync("/api/pharos/v1/notifications");
        Assert.Equal(2, notifications.GetProperty("notifications").GetArrayLength());
    }

    [Fact]
    public async Task The_real_Alertmanager_with_the_same_configuration_sends_the_same_requests()
    {
        await using var theirs = new CapturingReceiver();
        string file = _folder.Write("ours.yml", Config);
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--alertmanager.config.file=" + file);
        await using ServerProcess alertmanager = await ServerProcess.StartAlertmanagerAsync(
            _folder, Config.Replace(_receiver.Address.AbsoluteUri, theirs.Address.AbsoluteUri, StringComparison.Ordinal));
        string start = Rfc3339(DateTimeOffset.UtcNow);
        foreach (bool resolved in (bool[])[false, true])
        {
            string body = Alerts(start, resolved ? Rfc3339(DateTimeOffset.UtcNow) : null);
            foreach (ServerProcess server in (ServerProcess[])[pharos, alertmanager])
            {
                using HttpResponseMessage answer = await server.Api.Http.PostAsync("/api/v2/alerts", new StringContent(body, null, "application/json"));
                Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            }

            int expected = resolved ? 4 : 2;
            await Until.TrueAsync(
                $"{expected} messages of both",
                () => Task.FromResult(_receiver.Requests.Count >= expected && theirs.Requests.Count >= expected),
                () => $"ours {_receiver.Requests.Count}, theirs {theirs.Requests.Count}\n{pharos.Process.Output}\n{alertmanager.Process.Output}");
        }

        foreach (string path in (string[])["/hook", "/slack"])
        {
            Assert.Equal(
                theirs.At(path).Select(request => Normal(request.Json).Replace(ExternalUrl(theirs), "EXTERNAL", StringComparison.Ordinal)),
                _receiver.At(path).Select(request => Normal(request.Json).Replace(ExternalUrl(_receiver), "EXTERNAL", StringComparison.Ordinal)));
        }
    }

    [Fact]
    [Trait("Kind", "Slow")]
    public async Task A_storm_of_10000_groups_reaches_a_receiver_that_fails_now_and_then_once_each_while_questions_are_answered()
    {
        string file = _folder.Write("alertmanager.yml", $$"""
            route: { receiver: team, group_by: ['...'], group_wait: 1s, group_interval: 5m, repeat_interval: 1h }
            receivers: [{ name: team, webhook_configs: [{ url: "{{_receiver.Address}}hook" }] }]
            """);
        int seen = 0;
        var delivered = new ConcurrentQueue<string>();
        _receiver.Status = request =>
        {
            // The first ones fail in both ways that mean "later".
            int number = ++seen;
            if (number <= 50)
            {
                return number % 2 == 0 ? 500 : 429;
            }

            delivered.Enqueue(request.Json.GetProperty("groupKey").GetString()!);
            return 200;
        };
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(_folder, "global: {}", "--alertmanager.config.file=" + file);
        var alerts = Enumerable.Range(0, 10_000).Select(static number => new { labels = new { alertname = "Storm", instance = number.ToString(CultureInfo.InvariantCulture) } });
        using HttpResponseMessage answer = await pharos.Api.Http.PostAsJsonAsync("/api/v2/alerts", alerts);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await Until.TrueAsync(
            "10,000 messages",
            async () => (await pharos.Api.Http.GetAsync("/api/v2/silences")).IsSuccessStatusCode && delivered.Count >= 10_000,
            () => $"{delivered.Count} delivered, {seen} seen\n{pharos.Process.Output}",
            TimeSpan.FromMinutes(5));
        Assert.Equal(10_000, delivered.Distinct().Count());
        Assert.Equal(10_000, delivered.Count);
        Assert.Equal(10_000, await MetricAsync(pharos, "alertmanager_dispatcher_aggregation_groups"));
    }

    private static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // They begin now, so that both servers wait for group_wait and none tells the first alert alone.
    private static string Alerts(string start, string? endsAt)
    {
        string end = endsAt is null ? "" : $", \"endsAt\": \"{endsAt}\"";
        return $$"""
            [
              {"labels": {"alertname": "Latency", "instance": "b", "job": "api", "severity": "critical"}, "annotations": {"summary": "slow \"here\" <b>", "description": "p95 > 1s"},
               "startsAt": "{{start}}", "generatorURL": "http://prometheus.example/graph?g0.expr=up"{{end}}},
              {"labels": {"alertname": "Latency", "instance": "a", "job": "api", "severity": "critical"}, "annotations": {"summary": "slow there"},
               "startsAt": "{{start}}"{{end}}}
            ]
            """;
    }

    private static string ExternalUrl(CapturingReceiver receiver) => receiver.At("/hook")[0].Json.GetProperty("externalURL").GetString()!;

    // Field by field in one order, so that a difference is a difference of meaning. routeLabels are younger than Debian's Alertmanager.
    private static string Normal(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",\n", element.EnumerateObject().Where(static p => p.Name != "routeLabels").OrderBy(static p => p.Name, StringComparer.Ordinal).Select(static p => $"{p.Name}: {Normal(p.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",\n", element.EnumerateArray().Select(Normal)) + "]",
        _ => element.GetRawText(),
    };

    private static async Task PostAlertAsync(ServerProcess server, string name)
    {
        using HttpResponseMessage answer = await server.Api.Http.PostAsJsonAsync("/api/v2/alerts", new[] { new { labels = new { alertname = name, instance = "a" } } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<double> MetricAsync(ServerProcess server, string name)
    {
        string text = await server.Api.Http.GetStringAsync("/metrics");
        return double.Parse(text.Split('\n').First(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1]);
    }

    private static async Task<string> AmtoolAsync(Uri address, params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunAmtoolAsync(address, arguments);
        Assert.True(exitCode == 0, $"amtool {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{error}");
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAmtoolAsync(Uri address, params string[] arguments)
    {
        var start = new ProcessStartInfo(Peers.Program("amtool")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--alertmanager.url=" + address);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var amtool = Process.Start(start)!;
        Task<string> error = amtool.StandardError.ReadToEndAsync();
        string output = await amtool.StandardOutput.ReadToEndAsync();
        await amtool.WaitForExitAsync();
        return (amtool.ExitCode, output, await error);
    }

    private bool NflogHas(string integration) =>
        File.ReadAllText(_folder.File("pharos/alertmanager/nflog")).Contains($"\"integration\":\"{integration}\"", StringComparison.Ordinal);
}
