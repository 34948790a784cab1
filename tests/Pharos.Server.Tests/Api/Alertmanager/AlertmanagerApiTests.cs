using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Alertmanager;

public class AlertmanagerApiTests
{
    private const string Matchers = "\"matchers\":[{\"name\":\"alertname\",\"value\":\"Down\",\"isRegex\":false}]";
    private const string Times = "\"startsAt\":\"2020-01-01T00:00:00Z\",\"endsAt\":\"2099-01-01T00:00:00Z\"";
    private const string People = "\"createdBy\":\"ann\",\"comment\":\"works\"";

    // Status and body of the real Alertmanager 0.33.1; where its reason is Go's, ours is told by the part before it.
    [Theory]
    [InlineData("alerts", "[{\"labels\":{}}]", 400, "\"at least one label pair required\"\n")]
    [InlineData("alerts", "[{\"labels\":{\"a\":\"1\"},\"startsAt\":\"2026-11-20T01:00:00Z\",\"endsAt\":\"2026-11-20T00:00:00Z\"}]", 400, "\"start time must be before end time\"\n")]
    [InlineData("alerts", "[{}]", 422, "{\"code\":602,\"message\":\"0.labels in body is required\"}\n")]
    [InlineData("alerts", "nope", 400, "{\"code\":400,\"message\":\"parsing alerts body from \\\"\\\" failed, because ")]
    [InlineData("alerts", "{}", 400, "{\"code\":400,\"message\":\"parsing alerts body from \\\"\\\" failed, because ")]
    [InlineData("alerts", "[{\"labels\":{\"a\":\"1\"},\"startsAt\":\"xx\"}]", 400, "{\"code\":400,\"message\":\"parsing alerts body from \\\"\\\" failed, because ")]
    [InlineData("alerts", "[{\"labels\":{\"a\":\"1\"},\"generatorURL\":\"::bad\"}]", 422, "{\"code\":601,\"message\":\"0.generatorURL in body must be of type uri: \\\"::bad\\\"\"}\n")]
    [InlineData("alerts", "", 422, "{\"code\":602,\"message\":\"alerts in body is required\"}\n")]
    [InlineData("silences", "{}", 422, "{\"code\":602,\"message\":\"comment in body is required\"}\n")]
    [InlineData("silences", "{\"matchers\":[]," + Times + "," + People + "}", 422, "{\"code\":612,\"message\":\"matchers in body should have at least 1 items\"}\n")]
    [InlineData("silences", "{" + Matchers + "," + Times + ",\"comment\":\"x\"}", 422, "{\"code\":602,\"message\":\"createdBy in body is required\"}\n")]
    [InlineData("silences", "{" + Matchers + ",\"startsAt\":\"2026-11-20T01:00:00Z\",\"endsAt\":\"2026-11-20T00:00:00Z\"," + People + "}", 400, "\"Failed to create silence: start time must be before end time\"\n")]
    [InlineData("silences", "{" + Matchers + ",\"startsAt\":\"2025-11-20T01:00:00Z\",\"endsAt\":\"2025-11-20T02:00:00Z\"," + People + "}", 400, "\"Failed to create silence: end time can't be in the past\"\n")]
    [InlineData("silences", "{\"matchers\":[{\"name\":\"a\",\"value\":\"(\",\"isRegex\":true}]," + Times + "," + People + "}", 400, "\"invalid silence: invalid label matcher 0 in set 0: invalid regular expression \\\"(\\\": error parsing regexp: missing closing ): `(`\"\n")]
    [InlineData("silences", "{\"matchers\":[{\"name\":\"a\",\"value\":\"\",\"isRegex\":false}]," + Times + "," + People + "}", 400, "\"invalid silence: matcher set 0: at least one matcher must not match the empty string\"\n")]
    [InlineData("silences", "{\"id\":\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"," + Matchers + "," + Times + "," + People + "}", 404, "\"silence not found\"\n")]
    public async Task What_is_wrong_is_answered_as_upstream_does(string path, string body, int status, string answer)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await PostAsync(server, path, body);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(answer, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silences?filter=%7Bbad", 400, "\"unexpected open or close brace: {bad\"\n")]
    [InlineData("alerts?filter=%28", 400, "\"bad matcher format: (\"\n")]
    [InlineData("alerts?receiver=(", 400, "\"failed to parse receiver param: error parsing regexp: missing closing ): `^(?:()$`\"\n")]
    [InlineData("receivers?receiver_matchers=x", 400, "\"failed to parse receiver_matchers param: bad matcher format: x\"\n")]
    [InlineData("silence/nope", 422, "{\"code\":601,\"message\":\"silenceID in path must be of type uuid: \\\"nope\\\"\"}\n")]
    [InlineData("silence/3f2504e0-4f89-11d3-9a0c-0305e82c3301", 404, "")]
    [InlineData("alerts", 200, "[]\n")]
    [InlineData("alerts/groups", 200, "[]\n")]
    [InlineData("silences", 200, "[]\n")]
    [InlineData("receivers", 200, "[{\"labels\":{\"name\":\"default\"},\"name\":\"default\"}]\n")]
    public async Task Questions_are_answered_also_without_a_configuration(string path, int status, string answer)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.GetAsync("/api/v2/" + path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(answer, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_alert_is_shown_with_its_state_and_a_silence_changes_it()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.route-prefix=/am");
        using HttpResponseMessage posted = await PostAsync(server, "alerts", "[{\"labels\":{\"alertname\":\"Down\",\"instance\":\"a\",\"x\":\"\"},\"annotations\":{\"summary\":\"s\"}}]", "/am");
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        JsonElement alert = (await JsonAsync(server, "/am/api/v2/alerts"))[0];
        Assert.Equal("active", alert.GetProperty("status").GetProperty("state").GetString());
        Assert.Equal("{\"alertname\":\"Down\",\"instance\":\"a\"}", alert.GetProperty("labels").GetRawText());
        Assert.Equal("default", alert.GetProperty("receivers")[0].GetProperty("name").GetString());
        using HttpResponseMessage silenced = await PostAsync(server, "silences", "{" + Matchers + "," + Times + "," + People + "}", "/am");
        string id = JsonDocument.Parse(await silenced.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("silenceID").GetString()!;
        alert = (await JsonAsync(server, "/am/api/v2/alerts"))[0];
        Assert.Equal("suppressed", alert.GetProperty("status").GetProperty("state").GetString());
        Assert.Equal(id, alert.GetProperty("status").GetProperty("silencedBy")[0].GetString());
        Assert.Equal(0, (await JsonAsync(server, "/am/api/v2/alerts?silenced=false")).GetArrayLength());
        Assert.Equal(1, (await JsonAsync(server, "/am/api/v2/alerts?active=false&filter=instance%3Da")).GetArrayLength());
        JsonElement group = (await JsonAsync(server, "/am/api/v2/alerts/groups"))[0];
        Assert.Equal("{\"alertname\":\"Down\"}", group.GetProperty("labels").GetRawText());
        JsonElement silence = await JsonAsync(server, "/am/api/v2/silence/" + id);
        Assert.Equal("active", silence.GetProperty("status").GetProperty("state").GetString());
        using HttpResponseMessage deleted = await server.SendAsync(HttpMethod.Delete, "/am/api/v2/silence/" + id);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal("expired", (await JsonAsync(server, "/am/api/v2/silences"))[0].GetProperty("status").GetProperty("state").GetString());
        Assert.Equal(0, (await JsonAsync(server, "/am/api/v2/silences?expired=false")).GetArrayLength());
    }

    [Fact]
    public async Task The_folders_configuration_is_used_and_a_bad_one_refused_with_the_rest()
    {
        var folder = new TempFolder();
        string file = folder.Write("monitoring/alertmanager.yml", "route: {receiver: team}\nreceivers: [{name: team}]\n");
        await using RunningServer server = await RunningServer.StartAsync(folder, folder.File("monitoring"));
        Assert.Equal("team", (await JsonAsync(server, "/api/v2/receivers"))[0].GetProperty("name").GetString());
        await File.WriteAllTextAsync(file, "route: {receiver: nobody}\nreceivers: [{name: other}]\n", TestContext.Current.CancellationToken);
        Assert.NotNull(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        Assert.Equal("team", (await JsonAsync(server, "/api/v2/receivers"))[0].GetProperty("name").GetString());
        await File.WriteAllTextAsync(file, "route: {receiver: other}\nreceivers: [{name: other}]\n", TestContext.Current.CancellationToken);
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        Assert.Equal("other", (await JsonAsync(server, "/api/v2/receivers"))[0].GetProperty("name").GetString());
        Assert.Contains("receiver: other", (await JsonAsync(server, "/api/v2/status")).GetProperty("config").GetProperty("original").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metrics_of_the_Alertmanager_stand_beside_the_rest()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage posted = await PostAsync(server, "alerts", "[{\"labels\":{\"alertname\":\"Down\"}},{\"labels\":{}}]");
        string text = await (await server.GetAsync("/metrics")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("alertmanager_alerts{state=\"active\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("alertmanager_alerts_received_total{status=\"firing\",version=\"v2\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("alertmanager_alerts_invalid_total{version=\"v2\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("alertmanager_dispatcher_aggregation_groups 1\n", text, StringComparison.Ordinal);
        Assert.Contains("prometheus_notifications_queue_capacity 10000\n", text, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, string path, string body, string prefix = "") =>
        server.SendAsync(HttpMethod.Post, $"{prefix}/api/v2/{path}", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> JsonAsync(RunningServer server, string path)
    {
        using HttpResponseMessage response = await server.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
