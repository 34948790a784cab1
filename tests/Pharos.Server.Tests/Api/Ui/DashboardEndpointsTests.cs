using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui;

public class DashboardEndpointsTests
{
    [Fact]
    public async Task Without_files_the_host_is_shown()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement answer = JsonDocument.Parse(await server.TextAsync("/api/pharos/v1/dashboards")).RootElement;
        JsonElement only = Assert.Single(answer.GetProperty("dashboards").EnumerateArray());
        Assert.Equal(("system-overview", "builtIn", "system-overview"), (only.GetProperty("uid").GetString(), only.GetProperty("origin").GetString(), only.GetProperty("slug").GetString()));
        Assert.True(answer.GetProperty("asOf").GetInt64() > 0);
    }

    [Fact]
    public async Task Files_of_the_folder_are_listed_and_a_broken_one_is_an_error_with_its_place()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("served/dashboards"));
        await WriteAsync(folder.File("served/dashboards/shop.json"), """{"uid":"shop","title":"Shop","tags":["x"],"version":3,"panels":[{"id":1,"type":"heatmap","title":"H"}]}""");
        await WriteAsync(folder.File("served/dashboards/wrapped.json"), """{"dashboard":{"uid":"wrapped","title":"Wrapped","panels":[]}}""");
        await WriteAsync(folder.File("served/dashboards/broken.json"), "{\"title\": \"Broken\",\n \"panels\": [}");
        await WriteAsync(folder.File("served/manifest.yaml"), """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: boards}
            data:
              flask.json: '{"uid":"flask","title":"Flask","panels":[]}'
            """);
        await using RunningServer server = await RunningServer.StartAsync(new TempFolder(), folder.File("served"));
        JsonElement answer = JsonDocument.Parse(await server.TextAsync("/api/pharos/v1/dashboards")).RootElement;
        Assert.Equal(
            [("flask", "provisioned", 0), ("shop", "file", 1), ("system-overview", "builtIn", 0), ("wrapped", "file", 0)],
            answer.GetProperty("dashboards").EnumerateArray().Select(static d => (d.GetProperty("uid").GetString(), d.GetProperty("origin").GetString(), d.GetProperty("problems").GetInt32())));
        JsonElement error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.EndsWith("broken.json", error.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, error.GetProperty("place").GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task A_dashboard_is_resolved_from_what_is_stored()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        byte[] body = new WriteRequestBuilder().Add(["__name__", "requests", "path", "/a"], (now, 1)).Add(["__name__", "requests", "path", "/b"], (now, 1)).ToBody();
        using HttpResponseMessage written = await WriteRequests.SendAsync(server, body);
        string dashboard = """
            {"title":"T","templating":{"list":[{"name":"path","type":"query","query":"label_values(requests, path)","multi":true,"includeAll":true}]},
             "panels":[{"id":1,"type":"stat","title":"$path","repeat":"path","targets":[{"expr":"rate(requests{path=\"$path\"}[$__rate_interval])"}]}]}
            """;
        JsonElement answer = await PostAsync(server, "dashboards/resolve", $"{{\"dashboard\":{dashboard},\"from\":{now - 3_600_000},\"to\":{now + 1000},\"variables\":{{}}}}");
        Assert.Equal(["/a", "/b"], answer.GetProperty("panels").EnumerateArray().Select(static p => p.GetProperty("title").GetString()));
        JsonElement target = answer.GetProperty("panels")[1].GetProperty("targets")[0];
        Assert.Equal("rate(requests{path=\"/b\"}[$__rate_interval])", target.GetProperty("expr").GetString());
        Assert.Equal("requests", answer.GetProperty("panels")[0].GetProperty("metrics")[0].GetString());
        Assert.True(answer.GetProperty("variables")[0].GetProperty("isAll").GetBoolean());
    }

    [Theory]
    [InlineData("""{"uid":"nobody","from":0,"to":1}""", HttpStatusCode.NotFound)]
    [InlineData("""{"from":0,"to":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"uid":"system-overview","from":5,"to":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"uid":"system-overview","from":0,"to":1,"variables":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"dashboard":{"x":1},"from":0,"to":1}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"dashboard":{"title":"L","panels":[{"type":"text","title":"$x"}],"templating":{"list":[{"name":"x","type":"textbox","query":"y"},{"name":"z","type":"custom","query":"a","includeAll":true,"allValue":"$z$z"}]},"description":""},"from":0,"to":1}""", HttpStatusCode.OK)]
    [InlineData("""{"dashboard":{"title":"L","panels":[{"type":"text","options":{"content":"${z:raw}"}}],"templating":{"list":[{"name":"z","type":"custom","query":"a","includeAll":true,"allValue":"$z:raw ${z:raw}"}]}},"from":0,"to":1}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    public async Task Bad_requests_to_resolve_are_told_apart(string body, HttpStatusCode expected)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/pharos/v1/dashboards/resolve", Json(body));
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Checking_answers_the_problems_or_the_place_of_the_error()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement good = await PostAsync(server, "dashboards/check", """{"dashboard":{"title":"T","panels":[{"id":4,"type":"news","title":"N"}]}}""");
        Assert.Equal(("T", 1, "panel type news"), (good.GetProperty("title").GetString(), good.GetProperty("panels").GetInt32(), good.GetProperty("problems")[0].GetProperty("feature").GetString()));
        using HttpResponseMessage bad = await server.SendAsync(HttpMethod.Post, "/api/pharos/v1/dashboards/check", Json("""{"dashboard":"{\n\"panels\": [}"}"""));
        JsonElement error = JsonDocument.Parse(await bad.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 2), (bad.StatusCode, error.GetProperty("place").GetProperty("line").GetInt32()));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static Task WriteAsync(string path, string text) => File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> PostAsync(RunningServer server, string path, string body)
    {
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, "/api/pharos/v1/" + path, Json(body));
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
