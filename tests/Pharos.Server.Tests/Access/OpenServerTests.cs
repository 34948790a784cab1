using System.Net;
using Pharos.Access;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

/// <summary><c>--web.auth=none</c>.</summary>
public sealed class OpenServerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task On_this_machine_everything_is_answered()
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder, "--web.auth=none");
        using HttpClient client = host.Client();
        Assert.Equal("anonymous", await client.GetStringAsync("/unmarked"));
        Assert.Equal(FirstStartKind.NotNeeded, (await host.Access.FirstStartAsync(false, CancellationToken.None)).Kind);
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("LOCALHOST:1234", null)]
    [InlineData("127.0.0.1:9090", "http://localhost:3000")]
    [InlineData("127.8.9.1", "https://127.0.0.1")]
    [InlineData("[::1]:9090", "http://[::1]:9090")]
    public async Task Loopback_names_are_answered(string hostHeader, string? origin) => Assert.Equal(HttpStatusCode.OK, await AskAsync(hostHeader, origin));

    [Theory]
    [InlineData("evil.example", null)]
    [InlineData("localhost.evil.example", null)]
    [InlineData("evil.example:9090", null)]
    [InlineData("10.0.0.1:9090", null)]
    [InlineData("127.0.0.1.evil.example", null)]
    [InlineData("127.0.0.1:9090", "http://evil.example")]
    [InlineData("127.0.0.1:9090", "null")]
    [InlineData("127.0.0.1:9090", "file://localhost")]
    [InlineData("127.0.0.1:9090", "http://localhost.evil.example")]
    public async Task Other_names_are_refused(string hostHeader, string? origin) => Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(hostHeader, origin));

    [Theory]
    [InlineData("--web.listen-address=0.0.0.0:0")]
    [InlineData("--web.listen-address=:0")]
    [InlineData("--web.listen-address=[::]:0")]
    [InlineData("--web.listen-address=192.0.2.1:9090")]
    [InlineData("--web.listen-address=no-such-host.invalid:9090")]
    [InlineData("--web.external-url=http://monitoring.example/")]
    [InlineData("--web.admin-password-file=/secret")]
    public async Task It_is_refused_where_others_could_ask(string flag)
    {
        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => AccessHost.StartAsync(_folder, "--web.auth=none", flag));
        Assert.StartsWith("--web.auth=none", exception.Message);
    }

    [Fact]
    public async Task It_is_refused_beside_users_of_the_web_configuration()
    {
        string file = _folder.Write("web.yml", "basic_auth_users: {dave: $2y$10$2UXri9cIDdgeKjBo4Rlpx.U3ZLDV8X1IxKmsfOvhcM5oXQt/mLmXq}");
        AccessException exception = await Assert.ThrowsAsync<AccessException>(() => AccessHost.StartAsync(_folder, "--web.auth=none", "--web.config.file=" + file));
        Assert.Contains("basic_auth_users", exception.Message);
    }

    private async Task<HttpStatusCode> AskAsync(string hostHeader, string? origin)
    {
        await using AccessHost host = await AccessHost.StartAsync(_folder, "--web.auth=none");
        using HttpClient client = host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/read");
        request.Headers.Host = hostHeader;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return (await client.SendAsync(request)).StatusCode;
    }
}
