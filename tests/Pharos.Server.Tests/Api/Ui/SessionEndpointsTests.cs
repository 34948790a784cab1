using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Server.Tests.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class SessionEndpointsTests : IAsyncLifetime
{
    private const string Session = "/api/pharos/v1/session";
    private const string Password = "/api/pharos/v1/session/password";
    private const string Setup = "/api/pharos/v1/setup";

    private readonly TempFolder _folder = new();
    private AccessHost _host = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync(_folder);
        _browser = new Browser(_host);
        await _host.Access.Users.AddAsync("root", Role.Admin, "root's password", CancellationToken.None);
        await _host.Access.Users.AddAsync("ann", Role.Editor, "ann's password", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stranger_learns_how_to_sign_in_and_nothing_else()
    {
        (int status, JsonElement answer) = await _browser.GetAsync(Session);
        Assert.Equal(200, status);
        Assert.Equal(["signedIn", "authMode", "setupNeeded", "instance", "asOf"], answer.EnumerateObject().Select(static property => property.Name));
        Assert.False(answer.GetProperty("signedIn").GetBoolean());
        Assert.Equal("full", answer.GetProperty("authMode").GetString());
    }

    [Fact]
    public async Task Signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_see()
    {
        (int status, JsonElement answer) = await _browser.SignInAsync("ann", "ann's password");
        Assert.Equal(200, status);
        Assert.Equal(("ann", "Editor"), (answer.GetProperty("name").GetString(), answer.GetProperty("role").GetString()));
        Assert.False(answer.TryGetProperty("mustChangePassword", out _));
        string[] cookie = _browser.LastSetCookie!.Split("; ");
        Assert.Matches("^pharos_session=[A-Za-z0-9_-]{43}$", cookie[0]);
        Assert.Equal(["httponly", "max-age=2592000", "path=/", "samesite=strict"], cookie[1..].Select(static part => part.ToLowerInvariant()).Order());
        Assert.DoesNotContain(_browser.Cookie!.Split('=')[1], _host.Log, StringComparison.Ordinal);

        (_, JsonElement again) = await _browser.GetAsync(Session);
        Assert.Equal(answer.GetProperty("csrf").GetString(), again.GetProperty("csrf").GetString());
        Assert.Equal("user ann", await TextAsync("/edit"));
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Get, "/admin")).StatusCode);
    }

    [Theory]
    [InlineData("ann", "wrong")]
    [InlineData("nobody", "ann's password")]
    [InlineData("", "")]
    public async Task A_wrong_password_and_an_unknown_name_are_answered_alike(string name, string password)
    {
        using HttpResponseMessage response = await _browser.SendAsync(HttpMethod.Post, Session, new { name, password });
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("{\"error\":{\"message\":\"Wrong name or password.\"}}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(response.Headers.WwwAuthenticate);
        Assert.Null(_browser.LastSetCookie);
    }

    [Fact]
    public async Task Guessing_is_slowed()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(401, (await _browser.SignInAsync("ann", $"guess {i}")).Status);
        }

        using HttpResponseMessage response = await _browser.SendAsync(HttpMethod.Post, Session, new { name = "ann", password = "guess" });
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("6", Assert.Single(response.Headers.GetValues("Retry-After")));
        _host.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await _browser.SignInAsync("ann", "ann's password")).Status);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_site_signs_nobody_in(string header, string value)
    {
        _browser.Headers[header] = value;
        Assert.Equal(403, (await _browser.SignInAsync("ann", "ann's password")).Status);
        Assert.Null(_browser.LastSetCookie);
    }

    [Fact]
    public async Task A_form_signs_nobody_in()
    {
        using var http = new HttpClient { BaseAddress = _host.Address };
        using var form = new StringContent("{\"name\":\"ann\",\"password\":\"ann's password\"}", Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await http.PostAsync(Session, form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task With_a_cookie_nothing_changes_without_the_token_against_forgery(string? csrf)
    {
        await _browser.SignInAsync("root", "root's password");
        _browser.Csrf = csrf;
        foreach (string path in (string[])["/read", "/edit", "/admin", "/api/pharos/v1/users", Password])
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await _browser.SendAsync(HttpMethod.Post, path, new { })).StatusCode));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Delete, Session)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Get, "/admin")).StatusCode);
    }

    [Fact]
    public async Task The_token_of_another_session_does_not_count()
    {
        using var other = new Browser(_host);
        await other.SignInAsync("root", "root's password");
        await _browser.SignInAsync("root", "root's password");
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Post, "/admin")).StatusCode);
        _browser.Csrf = other.Csrf;
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Post, "/admin")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task With_a_cookie_a_page_of_another_site_changes_nothing_even_if_it_knew_the_token(string header, string value)
    {
        await _browser.SignInAsync("root", "root's password");
        _browser.Headers[header] = value;
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Post, "/admin")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Post, "/read")).StatusCode);
    }

    [Fact]
    public async Task Basic_authentication_and_tokens_need_no_token_against_forgery()
    {
        using HttpClient basic = _host.Client(AccessHost.Basic("root", "root's password"));
        Assert.Equal(HttpStatusCode.OK, (await basic.PostAsync("/admin", null, TestContext.Current.CancellationToken)).StatusCode);
        using HttpClient token = await _host.TokenClientAsync(TokenScope.Admin);
        Assert.Equal(HttpStatusCode.OK, (await token.PostAsync("/admin", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("pharos_session=")]
    [InlineData("pharos_session=x")]
    [InlineData("pharos_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("pharos_session=%00%ff")]
    public async Task A_forged_cookie_is_none(string cookie)
    {
        _browser.Cookie = cookie;
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.SendAsync(HttpMethod.Get, "/read")).StatusCode);
        (int status, JsonElement answer) = await _browser.GetAsync(Session);
        Assert.Equal(200, status);
        Assert.False(answer.GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task A_header_counts_before_the_cookie()
    {
        await _browser.SignInAsync("root", "root's password");
        _browser.Headers["Authorization"] = "Bearer nonsense";
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.SendAsync(HttpMethod.Get, "/read")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_the_cookie()
    {
        await _browser.SignInAsync("ann", "ann's password");
        string stolen = _browser.Cookie!;
        using HttpResponseMessage response = await _browser.SendAsync(HttpMethod.Delete, Session);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.StartsWith("pharos_session=;", _browser.LastSetCookie, StringComparison.Ordinal);
        _browser.Cookie = stolen;
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.SendAsync(HttpMethod.Get, "/read")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _browser.SendAsync(HttpMethod.Delete, Session)).StatusCode);
    }

    [Fact]
    public async Task Sessions_survive_a_restart()
    {
        await _browser.SignInAsync("ann", "ann's password");
        await _host.DisposeAsync();
        _host = await AccessHost.StartAsync(_folder);
        using var browser = new Browser(_host) { Cookie = _browser.Cookie, Csrf = _browser.Csrf };
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, "/edit")).StatusCode);
    }

    [Fact]
    public async Task A_session_that_was_not_used_for_a_week_is_none()
    {
        await _browser.SignInAsync("ann", "ann's password");
        _host.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.SendAsync(HttpMethod.Get, "/read")).StatusCode);
    }

    [Fact]
    public async Task Changing_the_password_keeps_this_browser_and_ends_the_others()
    {
        using var other = new Browser(_host);
        await other.SignInAsync("ann", "ann's password");
        await _browser.SignInAsync("ann", "ann's password");
        string before = _browser.Cookie!;
        (int status, JsonElement answer) = await _browser.AskAsync(HttpMethod.Post, Password, new { current = "ann's password", password = "another password" });
        Assert.Equal((200, "ann"), (status, answer.GetProperty("name").GetString()));
        Assert.NotEqual(before, _browser.Cookie);
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Post, "/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.SendAsync(HttpMethod.Get, "/read")).StatusCode);
        other.Cookie = before;
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.SendAsync(HttpMethod.Get, "/read")).StatusCode);
        Assert.Equal(401, (await other.SignInAsync("ann", "ann's password")).Status);
        Assert.Equal(200, (await other.SignInAsync("ann", "another password")).Status);
    }

    [Theory]
    [InlineData("wrong", "another password", 401)]
    [InlineData("ann's password", "short", 400)]
    [InlineData("ann's password", "prom-operator", 400)]
    [InlineData("ann's password", "Password", 400)]
    [InlineData("ann's password", "ann's password", 400)]
    public async Task A_password_is_not_changed_to_or_by_a_bad_one(string current, string password, int expected)
    {
        await _browser.SignInAsync("ann", "ann's password");
        (int status, JsonElement answer) = await _browser.AskAsync(HttpMethod.Post, Password, new { current, password });
        Assert.Equal(expected, status);
        Assert.DoesNotContain(password, answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Get, "/read")).StatusCode);
    }

    [Fact]
    public async Task A_stranger_changes_no_password() =>
        Assert.Equal(401, (await _browser.AskAsync(HttpMethod.Post, Password, new { current = "ann's password", password = "another password" })).Status);

    [Fact]
    public async Task Guessing_the_present_password_with_a_stolen_session_is_slowed_too()
    {
        await _browser.SignInAsync("ann", "ann's password");
        int[] answers = new int[11];
        for (int i = 0; i < answers.Length; i++)
        {
            (answers[i], _) = await _browser.AskAsync(HttpMethod.Post, Password, new { current = $"guess {i}", password = "another password" });
        }

        Assert.Equal([.. Enumerable.Repeat(401, 10), 429], answers);
    }

    [Fact]
    public async Task A_known_default_password_is_good_for_nothing_but_choosing_another_one()
    {
        await _host.Access.Users.AddForChangeAsync("grafana", Role.Admin, "admin", CancellationToken.None);
        (int status, JsonElement answer) = await _browser.SignInAsync("grafana", "admin");
        Assert.Equal(200, status);
        Assert.True(answer.GetProperty("mustChangePassword").GetBoolean());
        Assert.True((await _browser.GetAsync(Session)).Answer.GetProperty("mustChangePassword").GetBoolean());
        foreach (string path in (string[])["/read", "/nowhere"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Get, path)).StatusCode);
        }

        (int users, JsonElement refused) = await _browser.GetAsync("/api/pharos/v1/users");
        Assert.Equal((403, "password change required"), (users, refused.GetProperty("error").GetProperty("cause").GetString()));
        using HttpClient basic = _host.Client(AccessHost.Basic("grafana", "admin"));
        Assert.Equal(HttpStatusCode.Forbidden, (await basic.GetAsync("/read", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal(200, (await _browser.AskAsync(HttpMethod.Post, Password, new { current = "admin", password = "my own password" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Post, "/admin")).StatusCode);
        Assert.Equal(401, (await _browser.SignInAsync("grafana", "admin")).Status);
    }

    [Fact]
    public async Task Behind_tls_the_cookie_is_for_tls_only()
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder, "--web.external-url=https://monitoring.example/");
        using var browser = new Browser(host);
        browser.Headers["Host"] = "monitoring.example";
        await browser.SignInAsync("ann", "ann's password");
        Assert.Contains("secure", browser.LastSetCookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Programs_are_told_how_to_sign_in_and_pages_are_not()
    {
        using HttpResponseMessage program = await _browser.SendAsync(HttpMethod.Get, "/read");
        Assert.Equal("Basic", Assert.Single(program.Headers.WwwAuthenticate).Scheme);
        foreach ((string header, string value) in ((string, string)[])[("Accept", "application/json"), ("Sec-Fetch-Mode", "cors"), ("X-Requested-With", "pharos")])
        {
            _browser.Headers.Clear();
            _browser.Headers[header] = value;
            using HttpResponseMessage page = await _browser.SendAsync(HttpMethod.Get, "/read");
            Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
            Assert.Empty(page.Headers.WwwAuthenticate);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"name\":1,\"password\":\"x\"}")]
    [InlineData("{\"name\":\"ann\"}")]
    [InlineData("{\"name\":\"\\ud800\",\"password\":\"x\"}")]
    [InlineData("")]
    public async Task A_bad_body_is_a_clear_error(string body)
    {
        using var http = new HttpClient { BaseAddress = _host.Address };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(Session, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("{\"error\":{\"message\":", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() =>
        Assert.Equal(413, (await _browser.SignInAsync("ann", new string('x', 100_000))).Status);

    [Fact]
    public async Task Where_the_admin_is_known_the_server_cannot_be_claimed()
    {
        (int status, _) = await _browser.AskAsync(HttpMethod.Post, Setup, new { oneTimePassword = "x", name = "eve", password = "eve's password" });
        Assert.Equal(409, status);
    }

    [Fact]
    public async Task Without_sign_in_everybody_on_this_machine_is_an_admin()
    {
        using var folder = new TempFolder();
        await using AccessHost host = await AccessHost.StartAsync(folder, "--web.auth=none");
        using var browser = new Browser(host);
        (_, JsonElement answer) = await browser.GetAsync(Session);
        Assert.True(answer.GetProperty("signedIn").GetBoolean());
        Assert.Equal(("none", "Admin"), (answer.GetProperty("authMode").GetString(), answer.GetProperty("role").GetString()));
        Assert.False(answer.GetProperty("setupNeeded").GetBoolean());
        Assert.Equal(409, (await browser.SignInAsync("a", "b")).Status);
        Assert.False(Directory.Exists(folder.File("data/state/sessions")));
    }

    private async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage response = await _browser.SendAsync(HttpMethod.Get, path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
