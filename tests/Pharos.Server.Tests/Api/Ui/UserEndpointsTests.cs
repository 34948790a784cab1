using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Server.Tests.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class UserEndpointsTests : IAsyncLifetime
{
    private const string Users = "/api/pharos/v1/users";
    private const string Tokens = "/api/pharos/v1/tokens";

    private readonly TempFolder _folder = new();
    private AccessHost _host = null!;
    private Browser _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync(_folder);
        _admin = new Browser(_host);
        await _host.Access.Users.AddAsync("root", Role.Admin, "root's password", CancellationToken.None);
        await _admin.SignInAsync("root", "root's password");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Users_are_made_listed_changed_and_removed()
    {
        (int status, JsonElement made) = await _admin.AskAsync(HttpMethod.Post, Users, new { name = "ann lee", role = "Editor", password = "ann's password" });
        Assert.Equal((201, "Editor"), (status, made.GetProperty("role").GetString()));
        (_, JsonElement list) = await _admin.GetAsync(Users);
        JsonElement[] users = [.. list.GetProperty("users").EnumerateArray()];
        Assert.Equal(["ann lee", "root"], users.Select(static user => user.GetProperty("name").GetString()));
        Assert.Equal(_host.Clock.GetUtcNow().ToUnixTimeMilliseconds(), users[1].GetProperty("lastSignIn").GetInt64());
        Assert.False(users[0].TryGetProperty("lastSignIn", out _));
        Assert.DoesNotContain("pbkdf2", list.GetRawText(), StringComparison.Ordinal);

        (status, JsonElement changed) = await _admin.AskAsync(HttpMethod.Patch, Users + "/ann%20lee", new { role = "Viewer", password = "another password" });
        Assert.Equal((200, "Viewer"), (status, changed.GetProperty("role").GetString()));
        using var ann = new Browser(_host);
        Assert.Equal(200, (await ann.SignInAsync("ann lee", "another password")).Status);

        Assert.Equal(204, (await _admin.AskAsync(HttpMethod.Delete, Users + "/ann%20lee")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.SendAsync(HttpMethod.Get, "/read")).StatusCode);
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        Assert.Equal(400, (await _admin.AskAsync(HttpMethod.Delete, Users + "/root")).Status);
        (int status, JsonElement answer) = await _admin.AskAsync(HttpMethod.Patch, Users + "/root", new { role = "Editor" });
        Assert.Equal(400, status);
        Assert.Contains("last admin", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await _host.Access.Users.AddAsync("second", Role.Admin, "second's password", CancellationToken.None);
        Assert.Equal(200, (await _admin.AskAsync(HttpMethod.Patch, Users + "/root", new { role = "Editor" })).Status);
        Assert.Equal(403, (await _admin.GetAsync(Users)).Status);
    }

    [Theory]
    [InlineData("root", "Viewer", "a good password", 409)]
    [InlineData("ann", "Emperor", "a good password", 400)]
    [InlineData("ann", "Viewer", "short", 400)]
    [InlineData("a:b", "Viewer", "a good password", 400)]
    [InlineData("ann", "Viewer", "changeme", 400)]
    public async Task A_user_that_cannot_be_is_refused(string name, string role, string password, int expected)
    {
        Assert.Equal(expected, (await _admin.AskAsync(HttpMethod.Post, Users, new { name, role, password })).Status);
        Assert.Single((await _host.Access.Users.ListAsync(CancellationToken.None)).Users);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        Assert.Equal(404, (await _admin.AskAsync(HttpMethod.Patch, Users + "/nobody", new { role = "Viewer" })).Status);
        Assert.Equal(404, (await _admin.AskAsync(HttpMethod.Delete, Users + "/nobody")).Status);
        Assert.Equal(404, (await _admin.AskAsync(HttpMethod.Delete, Tokens + "/none")).Status);
        Assert.Equal(400, (await _admin.AskAsync(HttpMethod.Patch, Users + "/root", new { })).Status);
    }

    [Fact]
    public async Task The_secret_of_a_token_is_told_once()
    {
        (int status, JsonElement made) = await _admin.AskAsync(HttpMethod.Post, Tokens, new { name = "ci", scope = "read", expiresInSeconds = 3600 });
        string secret = made.GetProperty("secret").GetString()!;
        Assert.Equal(201, status);
        using HttpClient client = _host.Client(new AuthenticationHeaderValue("Bearer", secret));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/read", TestContext.Current.CancellationToken)).StatusCode);
        (_, JsonElement list) = await _admin.GetAsync(Tokens);
        JsonElement token = Assert.Single(list.GetProperty("tokens").EnumerateArray());
        Assert.Equal(("ci", "read"), (token.GetProperty("name").GetString(), token.GetProperty("scope").GetString()));
        Assert.Equal(_host.Clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(), token.GetProperty("expiresAt").GetInt64());
        Assert.DoesNotContain(secret[^32..], list.GetRawText(), StringComparison.Ordinal);

        Assert.Equal(409, (await _admin.AskAsync(HttpMethod.Post, Tokens, new { name = "ci", scope = "read" })).Status);
        Assert.Equal(204, (await _admin.AskAsync(HttpMethod.Delete, Tokens + "/ci")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/read", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("everything", null)]
    [InlineData("read", 0.0)]
    [InlineData("read", -5.0)]
    [InlineData("read", 1e300)]
    public async Task A_token_that_cannot_be_is_refused(string scope, double? expiresInSeconds)
    {
        Assert.Equal(400, (await _admin.AskAsync(HttpMethod.Post, Tokens, new { name = "ci", scope, expiresInSeconds })).Status);
        Assert.Empty((await _host.Access.Tokens.ListAsync(CancellationToken.None)).Tokens);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Editor)]
    public async Task Others_than_admins_see_and_change_neither(Role role)
    {
        await _host.Access.Users.AddAsync("ann", role, "ann's password", CancellationToken.None);
        using var ann = new Browser(_host);
        await ann.SignInAsync("ann", "ann's password");
        foreach (string path in (string[])[Users, Tokens])
        {
            Assert.Equal(403, (await ann.GetAsync(path)).Status);
            Assert.Equal(403, (await ann.AskAsync(HttpMethod.Post, path, new { })).Status);
            Assert.Equal(403, (await ann.AskAsync(HttpMethod.Delete, path + "/root")).Status);
        }
    }
}
