using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui.Alerts;

public class AlertPagesTests
{
    private const string Root = "/api/pharos/v1/";

    private const string Rules = """
        groups:
        - name: g
          rules:
          - alert: Always
            expr: vector(3) > 2
            labels: { severity: critical }
            annotations: { summary: "three is {{ $value }}" }
          - alert: Soon
            expr: 5 < vector(14) / (vector(2) + on() (count(rate(nothing[5m])) or vector(0))) and on() (vector(1) > 0)
            for: 1h
        """;

    private const string Routes = """
        route: { receiver: team, group_by: [alertname], routes: [{ matchers: ['severity="critical"'], receiver: nobody }] }
        receivers: [{ name: nobody }, { name: team, webhook_configs: [{ url: "http://127.0.0.1:9/hook" }] }]
        """;

    [Fact]
    public async Task Alerts_of_rules_are_listed_as_they_are_told_with_their_rule_and_value()
    {
        await using RunningServer server = await StartAsync();
        JsonElement answer = await UntilAsync(server, "alerts", static list => list.GetProperty("counts").GetProperty("pending").GetInt32() == 1 && list.GetProperty("groups").GetArrayLength() == 1);
        JsonElement group = answer.GetProperty("groups")[0];
        Assert.Equal(("nobody", "noReceiver"), (group.GetProperty("receiver").GetString(), group.GetProperty("state").GetString()));
        JsonElement alert = group.GetProperty("alerts")[0];
        Assert.Equal(("Always", "three is 3", "firing", 3), (Text(alert, "name"), Text(alert, "sentence"), Text(alert, "state"), alert.GetProperty("value").GetDouble()));
        Assert.Equal("eu", alert.GetProperty("labels").GetProperty("cluster").GetString());
        Assert.Equal(4, alert.GetProperty("rule").GetProperty("line").GetInt32());
        Assert.Equal("Soon", Text(answer.GetProperty("pending")[0], "name"));
    }

    [Fact]
    public async Task The_card_tells_condition_routes_and_story()
    {
        await using RunningServer server = await StartAsync();
        JsonElement list = await UntilAsync(server, "alerts", static list => list.GetProperty("pending").GetArrayLength() == 1 && list.GetProperty("groups").GetArrayLength() == 1);
        JsonElement card = await JsonAsync(server, "alerts/" + Text(list.GetProperty("pending")[0], "fingerprint"));
        JsonElement condition = card.GetProperty("condition");
        Assert.Equal(("vector(14) / (vector(2) + on() (count(rate(nothing[5m])) or vector(0)))", ">", 5),
            (Text(condition, "left"), Text(condition, "operator"), condition.GetProperty("limit").GetDouble()));
        JsonElement operands = condition.GetProperty("operands");
        Assert.Equal(("vector(14)", "/", "vector(2) + on() (count(rate(nothing[5m])) or vector(0))"), (Text(operands, "left"), Text(operands, "operator"), Text(operands, "right")));
        Assert.Equal(["rate(nothing[5m])"], card.GetProperty("sources").EnumerateArray().Select(static source => source.GetString()));
        Assert.Equal(2, condition.GetProperty("parts").GetArrayLength());
        Assert.Equal("severity=\"critical\" fails: the alert has no severity", Text(card.GetProperty("routes")[0], "reason"));
        Assert.Equal(["pending", "next"], card.GetProperty("timeline").EnumerateArray().Select(static entry => Text(entry, "kind")));
        card = await JsonAsync(server, "alerts/" + Text(list.GetProperty("groups")[0].GetProperty("alerts")[0], "fingerprint"));
        Assert.Contains("firing", card.GetProperty("timeline").EnumerateArray().Select(static entry => Text(entry, "kind")));
        Assert.Equal("Always", Text(card.GetProperty("rule"), "name"));
    }

    [Fact]
    public async Task Every_rule_has_its_line()
    {
        await using RunningServer server = await StartAsync();
        JsonElement group = Assert.Single((await JsonAsync(server, "rules/places")).GetProperty("groups").EnumerateArray());
        Assert.Equal("g", Text(group, "name"));
        Assert.Equal([4, 8], group.GetProperty("lines").EnumerateArray().Select(static line => line.GetInt32()));
    }

    [Fact]
    public async Task A_silence_is_previewed_and_then_shown()
    {
        await using RunningServer server = await StartAsync();
        await UntilAsync(server, "alerts", static list => list.GetProperty("groups").GetArrayLength() == 1);
        const string Matchers = "\"matchers\":[{\"name\":\"alertname\",\"value\":\"Always\",\"isRegex\":false,\"isEqual\":true}]";
        using HttpResponseMessage preview = await PostAsync(server, Root + "silences/preview", "{" + Matchers + "}");
        JsonElement answer = await ReadAsync(preview);
        Assert.Equal("Always", Text(Assert.Single(answer.GetProperty("hides").EnumerateArray()), "name"));
        Assert.Equal(0, answer.GetProperty("messagesLastWeek").GetInt32());
        using HttpResponseMessage made = await PostAsync(
            server, "/api/v2/silences", "{" + Matchers + ",\"startsAt\":\"2020-01-01T00:00:00Z\",\"endsAt\":\"2099-01-01T00:00:00Z\",\"createdBy\":\"ann\",\"comment\":\"works\"}");
        Assert.True(made.IsSuccessStatusCode);
        JsonElement list = await JsonAsync(server, "alerts");
        Assert.Equal((0, 1), (list.GetProperty("counts").GetProperty("firing").GetInt32(), list.GetProperty("counts").GetProperty("silenced").GetInt32()));
    }

    [Fact]
    public async Task Routes_show_counts_hints_and_the_file()
    {
        await using RunningServer server = await StartAsync();
        JsonElement routes = await UntilAsync(server, "routes", static answer => answer.GetProperty("route").GetProperty("routes")[0].GetProperty("alerts").GetInt32() == 1);
        Assert.Equal("The receiver nobody has no integration: nobody is told.", Text(routes.GetProperty("route").GetProperty("routes")[0], "hint"));
        Assert.EndsWith("alertmanager.yml", Text(routes, "file"), StringComparison.Ordinal);
        Assert.Equal("webhook", routes.GetProperty("receivers")[1].GetProperty("integrations")[0].GetString());
    }

    [Theory]
    [InlineData("alerts/zz", HttpStatusCode.NotFound)]
    [InlineData("alerts/0123456789abcdef", HttpStatusCode.NotFound)]
    [InlineData("notifications?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("notifications?limit=5", HttpStatusCode.OK)]
    public async Task What_is_not_there_is_said(string path, HttpStatusCode status)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.GetAsync(Root + path);
        Assert.Equal(status, response.StatusCode);
    }

    private static async Task<RunningServer> StartAsync()
    {
        var folder = new TempFolder();
        folder.Write("monitoring/prometheus.yml", "global: { evaluation_interval: 1s, external_labels: { cluster: eu } }\nrule_files: [rules.yml]\n");
        folder.Write("monitoring/rules.yml", Rules);
        folder.Write("monitoring/alertmanager.yml", Routes);
        return await RunningServer.StartAsync(folder, folder.File("monitoring"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<JsonElement> UntilAsync(RunningServer server, string path, Func<JsonElement, bool> condition)
    {
        while (true)
        {
            JsonElement answer = await JsonAsync(server, path);
            if (condition(answer))
            {
                return answer;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<JsonElement> JsonAsync(RunningServer server, string path)
    {
        using HttpResponseMessage response = await server.GetAsync(Root + path);
        return await ReadAsync(response);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, string path, string body) =>
        server.SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
