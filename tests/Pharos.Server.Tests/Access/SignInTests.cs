using System.Net;
using System.Net.Http.Headers;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private AccessHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AccessHost.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/read")]
    [InlineData("/unmarked")]
    [InlineData("/no/such/path")]
    [InlineData("/-/healthy/")]
    [InlineData("/-/Healthy")]
    [InlineData("/x//-/healthy")]
    [InlineData("/-/healthy/..%2fadmin")]
    public async Task Who_says_nothing_learns_nothing(string path)
    {
        using HttpClient client = _host.Client();
        HttpResponseMessage response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic realm=\"Pharos\", charset=\"UTF-8\"", Assert.Single(response.Headers.WwwAuthenticate).ToString());
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("Unauthorized", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("TRACE")]
    [InlineData("ODD")]
    public async Task No_method_passes_without_a_proof(string method)
    {
        using HttpClient client = _host.Client();
        foreach (string path in (string[])["/read", "/nowhere"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request)).StatusCode);
        }
    }

    [Theory]
    [InlineData("/-/healthy", "healthy")]
    [InlineData("/-/ready", "ready")]
    public async Task Two_paths_are_open_to_reading(string path, string body)
    {
        using HttpClient client = _host.Client();
        Assert.Equal(body, await client.GetStringAsync(path));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync(path, null)).StatusCode);
        using HttpClient wrong = _host.Client(AccessHost.Basic("nobody", "nothing"));
        Assert.Equal(body, await wrong.GetStringAsync(path));
    }

    [Fact]
    public async Task Users_and_tokens_get_in_and_are_known_to_the_endpoint()
    {
        using HttpClient user = await _host.UserClientAsync("ann", Role.Viewer, "ann's password");
        Assert.Equal("user ann", await user.GetStringAsync("/read"));
        using HttpClient token = await _host.TokenClientAsync(TokenScope.Read);
        Assert.Equal("token Read", await token.GetStringAsync("/read"));
    }

    [Fact]
    public async Task A_wrong_proof_is_refused()
    {
        using HttpClient client = _host.Client(AccessHost.Basic("ann", "guess"));
        HttpResponseMessage response = await client.GetAsync("/read");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Unauthorized: wrong user, password or token\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Two_proofs_in_one_request_are_none()
    {
        using HttpClient known = await _host.UserClientAsync("ann", Role.Viewer, "ann's password");
        using HttpClient client = _host.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", [AccessHost.Basic("ann", "ann's password").ToString(), AccessHost.Basic("bob", "x").ToString()]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/read")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("/read")).StatusCode);
    }

    [Fact]
    public async Task Guessing_ends_in_429_with_the_time_to_wait()
    {
        HttpResponseMessage response = null!;
        for (int i = 0; i < 11; i++)
        {
            using HttpClient client = _host.Client(AccessHost.Basic("ann", $"guess {i}"));
            response = await client.GetAsync("/read");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(6), response.Headers.RetryAfter!.Delta);
        Assert.Contains("try again in 6 seconds", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Users_made_by_another_process_get_in_after_a_second()
    {
        using var other = new Pharos.State.FileDocumentStore(_folder.File("data/state"), _host.Clock);
        using HttpClient client = _host.Client(AccessHost.Basic("ann", "ann's password"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/read")).StatusCode);
        await new Pharos.Access.Users.UserStore(other, new Pharos.Access.Passwords.PasswordHasher(iterations: 10), _host.Clock)
            .AddAsync("ann", Role.Viewer, "ann's password", CancellationToken.None);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/read")).StatusCode);
    }

    [Fact]
    public async Task When_users_cannot_be_read_the_door_is_shut_and_the_log_says_why()
    {
        using HttpClient user = await _host.UserClientAsync("ann", Role.Viewer, "ann's password");
        Assert.Equal(HttpStatusCode.OK, (await user.GetAsync("/read")).StatusCode);
        Directory.Move(_folder.File("data/state/users"), _folder.File("data/state/elsewhere"));
        await File.WriteAllTextAsync(_folder.File("data/state/users"), "no folder");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        HttpResponseMessage response = await user.GetAsync("/read");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(_folder.Path, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/read", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/fails", 500)]
    public async Task Every_answer_has_the_security_headers(string path, int status)
    {
        using HttpClient client = await _host.UserClientAsync("root", Role.Admin, "root's password");
        using HttpClient stranger = _host.Client();
        HttpResponseMessage answer = await client.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        foreach (HttpResponseMessage response in (HttpResponseMessage[])[answer, await stranger.GetAsync(path)])
        {
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("sameorigin", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Fact]
    public async Task What_came_of_requests_is_counted()
    {
        using HttpClient user = await _host.UserClientAsync("ann", Role.Viewer, "ann's password");
        using HttpClient wrong = _host.Client(AccessHost.Basic("ann", "guess"));
        using HttpClient stranger = _host.Client();
        await user.GetAsync("/read");
        await user.GetAsync("/admin");
        await wrong.GetAsync("/read");
        await stranger.GetAsync("/read");
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        _host.Access.Metrics.Write(new Pharos.Server.Metrics.MetricWriter(text));
        string metrics = System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
        Assert.Contains("pharos_access_sign_ins_total{outcome=\"accepted\"} 2\n", metrics);
        Assert.Contains("pharos_access_sign_ins_total{outcome=\"refused\"} 1\n", metrics);
        Assert.Contains("pharos_access_sign_ins_total{outcome=\"no_credentials\"} 1\n", metrics);
        Assert.Contains("pharos_access_forbidden_total 1\n", metrics);
    }

    [Fact]
    public async Task No_secret_is_in_the_log_or_in_an_answer()
    {
        using HttpClient user = await _host.UserClientAsync("ann", Role.Viewer, "sesame password");
        (_, string token) = await _host.Access.Tokens.CreateAsync("ci", TokenScope.Read, TimeSpan.FromHours(1), CancellationToken.None);
        var answers = new List<string>();
        foreach (AuthenticationHeaderValue proof in (AuthenticationHeaderValue[])
            [
                AccessHost.Basic("ann", "sesame password"), AccessHost.Basic("ann", "sesame guess"), AccessHost.Basic("sesame name", "x"),
                new("Bearer", token), new("Bearer", token[..^1] + "!"), new("Bearer", "sesame"), new("Digest", "sesame"),
            ])
        {
            using HttpClient client = _host.Client(proof);
            foreach (string path in (string[])["/read", "/admin", "/fails", "/nowhere"])
            {
                answers.Add((await client.GetAsync(path)).ToString() + await (await client.GetAsync(path)).Content.ReadAsStringAsync());
            }
        }

        _host.Clock.Advance(TimeSpan.FromHours(2));
        using HttpClient late = _host.Client(new AuthenticationHeaderValue("Bearer", token));
        answers.Add(await (await late.GetAsync("/read")).Content.ReadAsStringAsync());
        Assert.Contains("the token has expired", answers[^1]);
        Assert.NotEmpty(_host.Log);
        foreach (string text in (string[])[_host.Log, .. answers])
        {
            Assert.DoesNotContain("sesame", text);
            Assert.DoesNotContain(token[^32..], text);
            Assert.DoesNotContain("pbkdf2", text);
        }
    }
}
