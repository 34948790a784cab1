using System.Net;
using System.Text.Json;
using Pharos.Access;
using Pharos.Server.Tests.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class SetupTests : IAsyncLifetime
{
    private const string Session = "/api/pharos/v1/session";
    private const string Setup = "/api/pharos/v1/setup";

    private readonly TempFolder _folder = new();
    private AccessHost _host = null!;
    private Browser _browser = null!;
    private string _file = "";
    private string _oneTimePassword = "";

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync(_folder);
        _browser = new Browser(_host);
        FirstStartNotice notice = await _host.Access.FirstStartAsync(hasTerminal: false, CancellationToken.None);
        _file = notice.Path!;
        _oneTimePassword = (await File.ReadAllTextAsync(_file)).TrimEnd().Split(' ')[^1];
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_server_says_where_its_one_time_password_is()
    {
        (_, JsonElement answer) = await _browser.GetAsync(Session);
        Assert.True(answer.GetProperty("setupNeeded").GetBoolean());
        Assert.Equal(_file, answer.GetProperty("passwordFile").GetString());
        Assert.DoesNotContain(_oneTimePassword, answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oncall")]
    [InlineData("admin")]
    public async Task Whoever_knows_the_one_time_password_becomes_the_admin_and_is_signed_in(string name)
    {
        (int status, JsonElement answer) = await ClaimAsync(_oneTimePassword, name, "a password of mine");
        Assert.Equal(200, status);
        Assert.Equal((name, "Admin", false), (answer.GetProperty("name").GetString(), answer.GetProperty("role").GetString(), answer.GetProperty("setupNeeded").GetBoolean()));
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Post, "/admin")).StatusCode);
        Assert.False(File.Exists(_file));
        (_, JsonElement users) = await _browser.GetAsync("/api/pharos/v1/users");
        Assert.Equal(name, Assert.Single(users.GetProperty("users").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(409, (await ClaimAsync(_oneTimePassword, "eve", "eve's password")).Status);
        using HttpClient late = _host.Client(AccessHost.Basic("admin", _oneTimePassword));
        Assert.Equal(HttpStatusCode.Unauthorized, (await late.GetAsync("/read", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("guess", "oncall", "a password of mine", 401)]
    [InlineData("", "oncall", "a password of mine", 401)]
    [InlineData(null, "oncall", "short", 400)]
    [InlineData(null, "oncall", "changeme", 400)]
    [InlineData(null, "on:call", "a password of mine", 400)]
    [InlineData(null, "", "a password of mine", 400)]
    public async Task A_bad_claim_changes_nothing(string? oneTimePassword, string name, string password, int expected)
    {
        Assert.Equal(expected, (await ClaimAsync(oneTimePassword ?? _oneTimePassword, name, password)).Status);
        Assert.Null(_browser.LastSetCookie);
        Assert.True(File.Exists(_file));
        Assert.Equal(200, (await ClaimAsync(_oneTimePassword, "oncall", "a password of mine")).Status);
    }

    [Fact]
    public async Task The_one_time_password_itself_is_no_password_to_keep() =>
        Assert.Equal(400, (await ClaimAsync(_oneTimePassword, "oncall", _oneTimePassword)).Status);

    [Fact]
    public async Task Guessing_the_one_time_password_is_slowed()
    {
        int[] answers = new int[11];
        for (int i = 0; i < answers.Length; i++)
        {
            (answers[i], _) = await ClaimAsync($"guess {i}", "eve", "eve's password");
        }

        Assert.Equal([.. Enumerable.Repeat(401, 10), 429], answers);
    }

    [Fact]
    public async Task Of_two_claims_at_once_one_wins()
    {
        using var other = new Browser(_host);
        Task<(int Status, JsonElement Answer)>[] claims =
        [
            ClaimAsync(_oneTimePassword, "first", "a password of mine"),
            other.AskAsync(HttpMethod.Post, Setup, new { oneTimePassword = _oneTimePassword, name = "second", password = "a password of mine" }),
        ];
        (int Status, JsonElement Answer)[] answers = await Task.WhenAll(claims);
        Assert.Equal(1, answers.Count(static answer => answer.Status == 200));
        Assert.Single((await _host.Access.Users.ListAsync(CancellationToken.None)).Users);
    }

    [Fact]
    public async Task Signing_in_with_the_one_time_password_leads_to_choosing_another_one()
    {
        (int status, JsonElement answer) = await _browser.SignInAsync("admin", _oneTimePassword);
        Assert.Equal((200, true), (status, answer.GetProperty("mustChangePassword").GetBoolean()));
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(HttpMethod.Get, "/read")).StatusCode);
        (status, answer) = await _browser.AskAsync(HttpMethod.Post, Session + "/password", new { current = _oneTimePassword, password = "a password of mine" });
        Assert.Equal((200, false), (status, answer.GetProperty("setupNeeded").GetBoolean()));
        Assert.False(File.Exists(_file));
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Post, "/admin")).StatusCode);
    }

    private Task<(int Status, JsonElement Answer)> ClaimAsync(string oneTimePassword, string name, string password) =>
        _browser.AskAsync(HttpMethod.Post, Setup, new { oneTimePassword, name, password });
}
