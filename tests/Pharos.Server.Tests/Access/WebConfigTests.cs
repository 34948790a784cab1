using System.Net;
using Pharos.Access;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

/// <summary>Users, headers and the rate limit of <c>--web.config.file</c>.</summary>
public sealed class WebConfigTests : IDisposable
{
    private const string Dave = "basic_auth_users: {dave: $2b$05$CCCCCCCCCCCCCCCCCCCCC.poIKaw08HWUz4zkVKLs8VPIydUmXBPC}\n";
    private const string DavesPassword = "correct horse battery staple";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_users_are_admins_beside_own_users()
    {
        await using AccessHost host = await StartAsync(Dave);
        using HttpClient dave = host.Client(AccessHost.Basic("dave", DavesPassword));
        using HttpClient ann = await host.UserClientAsync("ann", Role.Viewer, "ann's password");
        Assert.Equal("web config user dave", await dave.GetStringAsync("/admin"));
        Assert.Equal("user ann", await ann.GetStringAsync("/read"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync("/admin")).StatusCode);
        Assert.Equal(FirstStartKind.NotNeeded, (await host.Access.FirstStartAsync(false, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task A_removed_user_is_out_after_a_second()
    {
        await using AccessHost host = await StartAsync(Dave);
        using HttpClient dave = host.Client(AccessHost.Basic("dave", DavesPassword));
        Assert.Equal(HttpStatusCode.OK, (await dave.GetAsync("/read")).StatusCode);
        _folder.Write("web.yml", "");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await dave.GetAsync("/read")).StatusCode);
    }

    [Fact]
    public async Task A_bad_change_keeps_what_runs_and_is_said_once()
    {
        await using AccessHost host = await StartAsync(Dave);
        using HttpClient dave = host.Client(AccessHost.Basic("dave", DavesPassword));
        _folder.Write("web.yml", "basic_auth_users: {dave: my-plain-password}");
        for (int i = 0; i < 3; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.OK, (await dave.GetAsync("/read")).StatusCode);
        }

        Assert.Equal(2, host.Log.Split("the former one stays in effect").Length);
        Assert.DoesNotContain("my-plain-password", host.Log);
    }

    [Fact]
    public async Task TLS_is_not_switched_on_while_running()
    {
        await using AccessHost host = await StartAsync(Dave);
        TestCertificates.Write(_folder, new TestCertificates("CA").Server());
        _folder.Write("web.yml", "tls_server_config: {cert_file: server.crt, key_file: server.key}");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using HttpClient dave = host.Client(AccessHost.Basic("dave", DavesPassword));
        Assert.Equal(HttpStatusCode.OK, (await dave.GetAsync("/read")).StatusCode);
        Assert.Contains("by a restart only", host.Log);
    }

    [Fact]
    public async Task Headers_are_on_every_answer_and_an_empty_one_is_taken_away()
    {
        await using AccessHost host = await StartAsync("""
            http_server_config:
              headers:
                X-Frame-Options: deny
                Strict-Transport-Security: max-age=31536000
                X-XSS-Protection: ""
            """);
        using HttpClient client = host.Client();
        foreach (string path in (string[])["/-/healthy", "/read"])
        {
            HttpResponseMessage response = await client.GetAsync(path);
            Assert.Equal("deny", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
            Assert.Equal("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("X-XSS-Protection"));
        }
    }

    [Fact]
    public async Task The_rate_limit_holds_for_all_requests_together()
    {
        await using AccessHost host = await StartAsync("rate_limit: {interval: 2s, burst: 2}");
        using HttpClient client = host.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/-/healthy")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/read")).StatusCode);
        HttpResponseMessage limited = await client.GetAsync("/-/healthy");
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), limited.Headers.RetryAfter!.Delta);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/-/healthy")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/-/healthy")).StatusCode);
    }

    [Fact]
    public async Task A_limit_without_a_burst_answers_nothing()
    {
        await using AccessHost host = await StartAsync("rate_limit: {interval: 1s, burst: 0}");
        using HttpClient client = host.Client();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/-/healthy")).StatusCode);
    }

    [Fact]
    public async Task A_bad_file_stops_the_start()
    {
        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => StartAsync("basic_auth_users: {john: doe-secret}"));
        Assert.StartsWith("--web.config.file: ", exception.Message);
        Assert.Contains("too short to be a bcrypted password", exception.Message);
        Assert.DoesNotContain("doe-secret", exception.Message);
    }

    private Task<AccessHost> StartAsync(string yaml) => AccessHost.StartAsync(_folder, "--web.config.file=" + _folder.Write("web.yml", yaml));
}
