using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Grafana;

/// <summary>Who may do what through Grafana's API, signed in as scripts do.</summary>
public sealed class GrafanaAccessTests
{
    private const string Board = """{"dashboard":{"uid":"mine","title":"Mine","panels":[]}}""";

    [Fact]
    public async Task A_Viewer_reads_and_may_not_save_an_Editor_may()
    {
        await using RunningServer server = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(server, "admin", HttpMethod.Post, "/api/pharos/v1/users", """{"name":"eve","role":"Viewer","password":"correct horse battery"}""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(server, "admin", HttpMethod.Post, "/api/pharos/v1/users", """{"name":"ed","role":"Editor","password":"correct horse battery"}""")).Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(server, "eve", HttpMethod.Post, "/api/dashboards/db", Board)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(server, "eve", HttpMethod.Post, "/api/folders", """{"title":"x"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, "eve", HttpMethod.Get, "/api/dashboards/uid/mine")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, "ed", HttpMethod.Post, "/api/dashboards/db", Board)).Status);

        (HttpStatusCode status, string read) = await SendAsync(server, "eve", HttpMethod.Get, "/api/dashboards/uid/mine");
        Assert.Equal(HttpStatusCode.OK, status);
        JsonElement meta = JsonDocument.Parse(read).RootElement.GetProperty("meta");
        Assert.Equal((false, "ed"), (meta.GetProperty("canSave").GetBoolean(), meta.GetProperty("updatedBy").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(server, "eve", HttpMethod.Delete, "/api/dashboards/uid/mine")).Status);
        Assert.Contains("\"role\":\"Viewer\"", (await SendAsync(server, "eve", HttpMethod.Get, "/api/user")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_answers_everybody_and_tells_what_runs_only_to_those_who_signed_in()
    {
        await using RunningServer server = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, """{"database":"ok"}"""), await SendAsync(server, null, HttpMethod.Get, "/api/health"));
        (HttpStatusCode status, string known) = await SendAsync(server, "admin", HttpMethod.Get, "/api/health");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["database", "version", "commit", "pharos"], JsonDocument.Parse(known).RootElement.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, null, HttpMethod.Get, "/api/search")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, "nobody", HttpMethod.Get, "/api/health")).Status);
    }

    [Theory]
    [InlineData("/api/dashboards/db", """{"dashboard":{"uid":"x","title":"\ud800","panels":[]}}""")]
    [InlineData("/api/dashboards/db", """{"dashboard":{"title":"x","panels":[],"\udc00":1}}""")]
    [InlineData("/api/folders", """{"title":"\ud800"}""")]
    public async Task Texts_that_are_no_Unicode_are_a_bad_request(string path, string body)
    {
        await using RunningServer server = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, "admin", HttpMethod.Post, path, body)).Status);
    }

    private static async Task<RunningServer> StartAsync()
    {
        var folder = new TempFolder();
        string password = folder.Write("password", "correct horse battery");
        return await RunningServer.StartAsync(folder, "--web.auth=required", "--web.admin-password-file=" + password);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(RunningServer server, string? user, HttpMethod method, string path, string? body = null)
    {
        server.Http.DefaultRequestHeaders.Authorization = user is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:correct horse battery")));
        using HttpResponseMessage response = await server.SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
