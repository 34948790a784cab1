using System.Globalization;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Lifecycle;

/// <summary>Rules in the whole server, by its own clock: groups of one second.</summary>
public sealed class RulePartTests
{
    private const string Rules = """
        groups:
        - name: g
          interval: 1s
          rules:
          - {record: "one:sum", expr: sum(vector(1))}
          - {alert: Always, expr: vector(2) > 1, labels: {severity: page}, annotations: {site: "{{ $externalLabels.site }} {{ externalURL }}"}}
        """;

    [Fact]
    public async Task Rules_are_evaluated_shown_measured_and_followed_over_a_reload()
    {
        var folder = new TempFolder();
        string file = folder.Write("prometheus.yml", "global: {external_labels: {site: basel}}\nrule_files: [rules.yml]\n");
        string rules = folder.Write("rules.yml", Rules);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--config.file=" + file);
        await UntilAsync(server, "count(ALERTS{alertstate='firing'}) + sum(one:sum)", "2");

        JsonElement group = (await server.DataAsync("/api/v1/rules")).GetProperty("groups")[0];
        Assert.Equal((rules, "g", 1, 0), (group.GetProperty("file").GetString(), group.GetProperty("name").GetString(), group.GetProperty("interval").GetInt32(), group.GetProperty("limit").GetInt32()));
        Assert.Equal("ok", group.GetProperty("rules")[0].GetProperty("health").GetString());
        Assert.Equal("firing", group.GetProperty("rules")[1].GetProperty("state").GetString());
        JsonElement alert = (await server.DataAsync("/api/v1/alerts")).GetProperty("alerts")[0];
        Assert.Equal($"basel http://{Environment.MachineName}:{new Uri(server.Address).Port}", alert.GetProperty("annotations").GetProperty("site").GetString());
        string metrics = await server.TextAsync("/metrics");
        string label = $"{{rule_group=\"{rules};g\"}}";
        Assert.Contains($"\nprometheus_rule_group_rules{label} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"\nprometheus_rule_evaluation_failures_total{label} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"\nprometheus_rule_group_last_evaluation_samples{label} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nprometheus_rule_evaluation_duration_seconds{quantile=\"0.9\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("\nprometheus_rule_group_duration_histogram_seconds_bucket{le=\"+Inf\"} ", metrics, StringComparison.Ordinal);

        string activeAt = alert.GetProperty("activeAt").GetString()!;
        folder.Write("rules.yml", Rules.Replace("sum(vector(1))", "sum(vector(3))", StringComparison.Ordinal));
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        await UntilAsync(server, "sum(one:sum)", "3");
        Assert.Equal(activeAt, (await server.DataAsync("/api/v1/alerts")).GetProperty("alerts")[0].GetProperty("activeAt").GetString());
        folder.Write("rules.yml", "groups: [{name: g, rules: [{record: x}]}]");
        Assert.NotNull(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, (await server.DataAsync("/api/v1/rules")).GetProperty("groups")[0].GetProperty("rules").GetArrayLength());
    }

    [Fact]
    public async Task A_reload_that_changes_one_group_leaves_the_state_of_the_others()
    {
        const string Other = "groups: [{ name: other, interval: 1s, rules: [{ alert: Soon, expr: vector(1), for: 1h }] }]";
        const string Changed = "groups: [{ name: changed, interval: 1s, rules: [{ alert: Before, expr: vector(1), for: 1h }] }]";
        var folder = new TempFolder();
        string file = folder.Write("prometheus.yml", "rule_files: [a.yml, b.yml]\n");
        folder.Write("a.yml", Changed);
        folder.Write("b.yml", Other);
        await using RunningServer server = await RunningServer.StartAsync(folder, "--config.file=" + file);
        await UntilAsync(server, "count(ALERTS{alertstate='pending'})", "2");
        Dictionary<string, string> before = await ActiveAsync(server);

        folder.Write("a.yml", Changed.Replace("Before", "After", StringComparison.Ordinal));
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        await UntilAsync(server, "count(ALERTS{alertname='After',alertstate='pending'})", "1");

        Dictionary<string, string> after = await ActiveAsync(server);
        Assert.Equal(["After", "Soon"], after.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(before["Soon"], after["Soon"]);
        await UntilAsync(server, "count(ALERTS{alertname='Before'}) or vector(0)", "0");
    }

    [Fact]
    public async Task Wrong_parameters_are_bad_data()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.GetAsync("/api/v1/rules?type=x");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("\"errorType\":\"bad_data\",\"error\":\"invalid parameter", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("{\"groups\":[]}", (await server.DataAsync("/api/v1/rules")).GetRawText());
        Assert.Equal("{\"alerts\":[]}", (await server.DataAsync("/api/v1/alerts")).GetRawText());
    }

    [Fact]
    public async Task Rule_files_of_a_served_folder_are_evaluated_whether_its_configuration_names_them_or_not()
    {
        var folder = new TempFolder();
        folder.Write("config/prometheus.yml", "rule_files: [named/*.yml]\n");
        folder.Write("config/named/a.yml", "groups: [{name: named, rules: [{record: a, expr: '1'}]}]");
        folder.Write("config/b.yaml", "groups: [{name: found, rules: [{record: b, expr: '1'}]}]");
        await using RunningServer server = await RunningServer.StartAsync(folder, folder.File("config"));

        IEnumerable<string?> names = (await server.DataAsync("/api/v1/rules")).GetProperty("groups").EnumerateArray().Select(static g => g.GetProperty("name").GetString());

        Assert.Equal(["found", "named"], names);
    }

    private static async Task<Dictionary<string, string>> ActiveAsync(RunningServer server) =>
        (await server.DataAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray()
            .ToDictionary(static alert => alert.GetProperty("labels").GetProperty("alertname").GetString()!, static alert => alert.GetProperty("activeAt").GetString()!);

    private static async Task UntilAsync(RunningServer server, string query, string value)
    {
        string path = "/api/v1/query?query=" + Uri.EscapeDataString(query);
        for (long started = TimeProvider.System.GetTimestamp(); ;)
        {
            JsonElement result = (await server.DataAsync(path)).GetProperty("result");
            if (result.GetArrayLength() == 1 && result[0].GetProperty("value")[1].GetString() == value)
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30),
                string.Create(CultureInfo.InvariantCulture, $"waited 30 s for {query} to be {value}, it is {result}\n{server.Log}"));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
