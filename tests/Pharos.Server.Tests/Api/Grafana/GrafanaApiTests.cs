using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Grafana;

public class GrafanaApiTests
{
    [Fact]
    public async Task Scripts_find_health_data_sources_and_themselves()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal("ok", (await GetAsync(server, "/api/health")).GetProperty("database").GetString());
        JsonElement source = (await GetAsync(server, "/api/datasources"))[0];
        Assert.Equal(("prometheus", true), (source.GetProperty("type").GetString(), source.GetProperty("isDefault").GetBoolean()));
        Assert.Equal("pharos", (await GetAsync(server, "/api/datasources/uid/pharos")).GetProperty("uid").GetString());
        Assert.Equal("pharos", (await GetAsync(server, "/api/datasources/name/Pharos")).GetProperty("uid").GetString());
        Assert.Equal(1, (await GetAsync(server, "/api/user")).GetProperty("orgId").GetInt32());
        Assert.Equal("Main Org.", (await GetAsync(server, "/api/org")).GetProperty("name").GetString());
        (HttpStatusCode status, JsonElement error) = await SendAsync(server, HttpMethod.Get, "/api/datasources/uid/none");
        Assert.Equal((HttpStatusCode.NotFound, "Data source not found"), (status, error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_dashboard_is_made_changed_with_its_version_and_deleted()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (HttpStatusCode status, JsonElement made) = await SaveAsync(server, """{"dashboard":{"uid":"mine","title":"My Board","tags":["a"],"panels":[]},"message":"first"}""");
        Assert.Equal((HttpStatusCode.OK, "success", 1, "/d/mine/my-board"), (status, made.GetProperty("status").GetString(), made.GetProperty("version").GetInt64(), made.GetProperty("url").GetString()));
        (_, JsonElement changed) = await SaveAsync(server, """{"dashboard":{"uid":"mine","title":"Mine","version":1,"panels":[]}}""");
        Assert.Equal(2, changed.GetProperty("version").GetInt64());

        (HttpStatusCode stale, JsonElement mismatch) = await SaveAsync(server, """{"dashboard":{"uid":"mine","title":"Old","version":1,"panels":[]}}""");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-mismatch"), (stale, mismatch.GetProperty("status").GetString()));
        (_, JsonElement forced) = await SaveAsync(server, """{"dashboard":{"uid":"mine","title":"Forced","version":1,"panels":[]},"overwrite":true}""");
        Assert.Equal(3, forced.GetProperty("version").GetInt64());

        JsonElement read = await GetAsync(server, "/api/dashboards/uid/mine");
        Assert.Equal(("Forced", 3, true), (read.GetProperty("dashboard").GetProperty("title").GetString(), read.GetProperty("dashboard").GetProperty("version").GetInt64(), read.GetProperty("meta").GetProperty("canSave").GetBoolean()));
        (HttpStatusCode deleted, _) = await SendAsync(server, HttpMethod.Delete, "/api/dashboards/uid/mine");
        (HttpStatusCode gone, JsonElement message) = await SendAsync(server, HttpMethod.Get, "/api/dashboards/uid/mine");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, "Dashboard not found"), (deleted, gone, message.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("""{"dashboard":{"title":" ","panels":[]}}""", "Dashboard title cannot be empty")]
    [InlineData("""{"dashboard":{"uid":"a/b","title":"x","panels":[]}}""", "uid contains illegal characters")]
    [InlineData("""{"dashboard":{"title":"x","panels":[]},"folderUid":"nowhere"}""", "folder not found")]
    [InlineData("""{"dashboard":{"title":"x","elements":{},"layout":{}}}""", "schema v2")]
    [InlineData("""{"title":"x"}""", "bad request data")]
    [InlineData("{", "bad request data")]
    public async Task What_is_no_dashboard_is_refused_in_Grafanas_words(string body, string message)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (HttpStatusCode status, JsonElement error) = await SaveAsync(server, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_hold_dashboards_and_are_deleted_with_them()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (_, JsonElement folder) = await SendAsync(server, HttpMethod.Post, "/api/folders", """{"uid":"ops","title":"Operations"}""");
        Assert.Equal("/dashboards/f/ops/operations", folder.GetProperty("url").GetString());
        (HttpStatusCode twice, _) = await SendAsync(server, HttpMethod.Post, "/api/folders", """{"uid":"ops","title":"Again"}""");
        Assert.Equal(HttpStatusCode.Conflict, twice);
        await SaveAsync(server, """{"dashboard":{"uid":"in","title":"Inside","tags":["t"],"panels":[]},"folderUid":"ops"}""");
        await SaveAsync(server, """{"dashboard":{"uid":"out","title":"Outside","panels":[]}}""");

        Assert.Equal(["ops", "in", "out", "system-overview"], await SearchAsync(server, ""));
        Assert.Equal(["in"], await SearchAsync(server, "?tag=t"));
        Assert.Equal(["out"], await SearchAsync(server, "?query=OUTS"));
        Assert.Equal(["ops"], await SearchAsync(server, "?type=dash-folder"));
        Assert.Equal(["in"], await SearchAsync(server, "?folderUIDs=ops"));
        Assert.Equal(["in"], await SearchAsync(server, "?limit=1&page=2"));
        (HttpStatusCode deleted, _) = await SendAsync(server, HttpMethod.Delete, "/api/folders/ops");
        Assert.Equal(HttpStatusCode.OK, deleted);
        Assert.Equal(["out", "system-overview"], await SearchAsync(server, ""));
    }

    [Fact]
    public async Task A_file_is_changed_only_where_its_provider_allows_it()
    {
        using var folder = new TempFolder();
        foreach (string name in new[] { "fixed", "open" })
        {
            Directory.CreateDirectory(folder.File($"served/{name}"));
            await File.WriteAllTextAsync(folder.File($"served/{name}/board.json"), $$"""{"uid":"{{name}}","title":"{{name}}","panels":[]}""", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(folder.File("served/providers.yaml"), """
            apiVersion: 1
            providers:
            - {name: fixed, folder: Fixed, options: {path: /var/lib/grafana/fixed}}
            - {name: open, folder: Open, allowUiUpdates: true, options: {path: open}}
            """, TestContext.Current.CancellationToken);
        await using RunningServer server = await RunningServer.StartAsync(new TempFolder(), folder.File("served"));
        (HttpStatusCode refused, JsonElement error) = await SaveAsync(server, """{"dashboard":{"uid":"fixed","title":"x","version":1,"panels":[]}}""");
        Assert.Equal((HttpStatusCode.BadRequest, "Cannot save provisioned dashboard"), (refused, error.GetProperty("message").GetString()));
        (HttpStatusCode saved, _) = await SaveAsync(server, """{"dashboard":{"uid":"open","title":"changed","version":1,"panels":[]}}""");
        Assert.Equal(HttpStatusCode.OK, saved);
        JsonElement read = await GetAsync(server, "/api/dashboards/uid/open");
        Assert.Equal(("changed", 2), (read.GetProperty("dashboard").GetProperty("title").GetString(), read.GetProperty("meta").GetProperty("version").GetInt64()));
        Assert.Equal("Fixed", (await GetAsync(server, "/api/dashboards/uid/fixed")).GetProperty("meta").GetProperty("folderTitle").GetString());
    }

    private static async Task<string[]> SearchAsync(RunningServer server, string query) =>
        [.. (await GetAsync(server, "/api/search" + query)).EnumerateArray().Select(static hit => hit.GetProperty("uid").GetString()!)];

    private static async Task<JsonElement> GetAsync(RunningServer server, string path) => JsonDocument.Parse(await server.TextAsync(path)).RootElement;

    private static Task<(HttpStatusCode Status, JsonElement Answer)> SaveAsync(RunningServer server, string body) => SendAsync(server, HttpMethod.Post, "/api/dashboards/db", body);

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(RunningServer server, HttpMethod method, string path, string? body = null)
    {
        using HttpResponseMessage response = await server.SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
