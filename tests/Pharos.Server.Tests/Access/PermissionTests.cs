using System.Net;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

public sealed class PermissionTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private AccessHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AccessHost.StartAsync(_folder, "--web.external-url=https://monitoring.example/");

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Role.Viewer, "/read /group/inherited")]
    [InlineData(Role.Editor, "/read /group/inherited /edit")]
    [InlineData(Role.Admin, "/read /group/inherited /edit /ingest /admin /unmarked /group/own")]
    public async Task A_role_may_do_what_the_table_says_and_nothing_else(Role role, string allowed)
    {
        using HttpClient client = await _host.UserClientAsync("ann", role, "ann's password");
        await AssertAllowedAsync(client, allowed);
    }

    [Theory]
    [InlineData(TokenScope.Read, "/read /group/inherited")]
    [InlineData(TokenScope.Ingest, "/ingest")]
    [InlineData(TokenScope.Admin, "/read /group/inherited /edit /ingest /admin /unmarked /group/own")]
    public async Task A_token_may_do_what_the_table_says_and_nothing_else(TokenScope scope, string allowed)
    {
        using HttpClient client = await _host.TokenClientAsync(scope);
        await AssertAllowedAsync(client, allowed);
    }

    [Fact]
    public async Task A_refusal_names_who_may()
    {
        using HttpClient client = await _host.TokenClientAsync(TokenScope.Read);
        HttpResponseMessage response = await client.PostAsync("/ingest", null);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Forbidden: token Read may not do this: it needs role admin, or a token of scope ingest or admin\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Routing_keeps_its_own_refusals()
    {
        using HttpClient client = await _host.TokenClientAsync(TokenScope.Read);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.DeleteAsync("/read")).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://monitoring.example.evil.example")]
    public async Task A_page_of_another_site_changes_nothing_by_a_password_that_the_browser_kept(string header, string value)
    {
        using HttpClient client = await _host.UserClientAsync("root", Role.Admin, "root's password");
        client.DefaultRequestHeaders.Add(header, value);
        foreach (string path in (string[])["/edit", "/ingest", "/admin", "/unmarked"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(path, null)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PutAsync(path, null)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/read", null)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://monitoring.example")]
    [InlineData("Origin", "self")]
    public async Task An_own_page_may(string header, string value)
    {
        using HttpClient client = await _host.UserClientAsync("root", Role.Admin, "root's password");
        client.DefaultRequestHeaders.Add(header, value == "self" ? _host.Address.GetLeftPart(UriPartial.Authority) : value);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/admin", null)).StatusCode);
    }

    [Fact]
    public async Task A_token_is_never_kept_by_a_browser_and_may_come_from_anywhere()
    {
        using HttpClient client = await _host.TokenClientAsync(TokenScope.Admin);
        client.DefaultRequestHeaders.Add("Origin", "https://tool.example");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/admin", null)).StatusCode);
    }

    private static async Task AssertAllowedAsync(HttpClient client, string allowed)
    {
        string[] expected = allowed.Split(' ');
        foreach (string path in (string[])["/read", "/group/inherited", "/edit", "/ingest", "/admin", "/unmarked", "/group/own"])
        {
            HttpStatusCode status = expected.Contains(path) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            Assert.Equal((path, status), (path, (await client.GetAsync(path)).StatusCode));
            Assert.Equal((path, status), (path, (await client.PostAsync(path, null)).StatusCode));
        }
    }
}
