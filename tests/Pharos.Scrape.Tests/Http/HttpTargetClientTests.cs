using System.IO.Compression;
using System.Text;
using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Http;
using Pharos.Scrape.Targets;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Http;

public class HttpTargetClientTests
{
    private static readonly ScrapeConfig Job = new() { JobName = "j", ScrapeInterval = TimeSpan.FromSeconds(15) };

    [Fact]
    public async Task The_request_is_upstreams_and_the_body_comes_back_with_its_type()
    {
        await using var target = new FakeTarget("a 1\n");
        (string type, string body) = await FetchAsync(target, Job);

        Assert.Equal("text/plain; version=0.0.4", type);
        Assert.Equal("a 1\n", body);
        string request = Assert.Single(target.Requests);
        Assert.StartsWith("GET /metrics HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"Host: {target.Address}\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,", request, StringComparison.Ordinal);
        Assert.Contains("Accept-Encoding: gzip\r\n", request, StringComparison.Ordinal);
        Assert.Contains("User-Agent: test/1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-Prometheus-Scrape-Timeout-Seconds: 10\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_body_is_unpacked()
    {
        await using var target = new FakeTarget(static (_, s, stop) => FakeTarget.WriteAsync(s, Gzip("a 1\n"u8.ToArray()), "Content-Encoding: gzip\r\n", "200 OK", stop));
        Assert.Equal(("", "a 1\n"), await FetchAsync(target, Job));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_body_over_the_limit_is_refused_before_it_is_whole(long limit)
    {
        // A bomb of 300 MB in 300 kB: more than any body may have, with a limit or without.
        byte[] bomb = Gzip(new byte[300_000_000]);
        await using var target = new FakeTarget((_, s, stop) => FakeTarget.WriteAsync(s, bomb, "Content-Encoding: gzip\r\n", "200 OK", stop));

        await Assert.ThrowsAsync<BodySizeLimitException>(() => FetchAsync(target, Job with { BodySizeLimit = limit }));
    }

    [Fact]
    public async Task A_body_that_never_ends_runs_into_the_limit()
    {
        await using var target = new FakeTarget(static async (_, s, stop) =>
        {
            await s.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), stop);
            byte[] line = "a 1\n"u8.ToArray();
            while (true)
            {
                await s.WriteAsync(line, stop);
            }
        });

        await Assert.ThrowsAsync<BodySizeLimitException>(() => FetchAsync(target, Job with { BodySizeLimit = 5000 }));
    }

    [Fact]
    public async Task What_the_target_does_wrong_is_said_in_upstreams_words()
    {
        (Func<Stream, CancellationToken, Task> Answer, string Error)[] cases =
        [
            (static (s, stop) => FakeTarget.WriteAsync(s, "x", "text/plain", "500 Internal Server Error", stop), "server returned HTTP status 500 Internal Server Error"),
            (static (s, stop) => FakeTarget.WriteAsync(s, "x", "text/plain", "404 Not Here", stop), "server returned HTTP status 404 Not Here"),
            (static (_, _) => Task.CompletedTask, "Get \"URL\": EOF"),
            (static async (s, stop) => await s.WriteAsync("garbage\r\n\r\n"u8.ToArray(), stop), "Get \"URL\": malformed HTTP response: Received an invalid status line: 'garbage'."),
            (static async (s, stop) => await s.WriteAsync(Encoding.ASCII.GetBytes($"\e{new string('x', 1000)}\r\n\r\n"), stop), $"Get \"URL\": malformed HTTP response: Received an invalid status line: '?{new string('x', 165)}..."),
            (static async (s, stop) => await s.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na 1\n"u8.ToArray(), stop), "unexpected EOF"),
            (static (s, stop) => FakeTarget.WriteAsync(s, "no gzip"u8.ToArray(), "Content-Encoding: gzip\r\n", "200 OK", stop), "gzip: invalid header"),
            (static (s, stop) => FakeTarget.WriteAsync(s, Gzip(new byte[100_000])[..60], "Content-Encoding: gzip\r\n", "200 OK", stop), "gzip: invalid data or unexpected EOF"),
        ];
        foreach ((Func<Stream, CancellationToken, Task> answer, string error) in cases)
        {
            await using var target = new FakeTarget((_, s, stop) => answer(s, stop));
            ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(target, Job));
            Assert.Equal(error.Replace("URL", $"http://{target.Address}/metrics", StringComparison.Ordinal), e.Message);
        }
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses_the_connection()
    {
        string address;
        await using (var target = new FakeTarget("a 1\n"))
        {
            address = target.Address;
        }

        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(address, Job, CancellationToken.None));
        Assert.Equal($"Get \"http://{address}/metrics\": dial tcp {address}: connect: connection refused", e.Message);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_or_drips_is_given_up_at_the_timeout()
    {
        var asked = new TaskCompletionSource();
        await using var silent = new FakeTarget(async (_, _, stop) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var timeout = new CancellationTokenSource();
        Task<(string, string)> fetch = FetchAsync(silent.Address, Job, timeout.Token);
        await asked.Task;
        await timeout.CancelAsync();
        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => fetch);
        Assert.Equal($"Get \"http://{silent.Address}/metrics\": context deadline exceeded", e.Message);

        var begun = new TaskCompletionSource();
        await using var dripping = new FakeTarget(async (_, s, stop) =>
        {
            await s.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na 1\n"u8.ToArray(), stop);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var later = new CancellationTokenSource();
        fetch = FetchAsync(dripping.Address, Job, later.Token);
        await begun.Task;
        await later.CancelAsync();
        e = await Assert.ThrowsAsync<ScrapeException>(() => fetch);
        Assert.EndsWith("context deadline exceeded", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_followed_ten_times_and_not_at_all_when_forbidden()
    {
        await using var endless = new FakeTarget(static (_, s, stop) => FakeTarget.WriteAsync(s, [], "Location: /again\r\n", "302 Found", stop));
        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(endless, Job));
        Assert.Equal($"Get \"http://{endless.Address}/metrics\": stopped after 10 redirects", e.Message);
        Assert.Equal(11, endless.Requests.Count);

        e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(endless, Job with { Http = new HttpClientConfig { FollowRedirects = false } }));
        Assert.Equal("server returned HTTP status 302 Found", e.Message);
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirect_to_another_host()
    {
        await using var other = new FakeTarget("a 1\n");
        await using var first = new FakeTarget((_, s, stop) => FakeTarget.WriteAsync(s, [], $"Location: http://{other.Address}/x\r\n", "307 Temporary Redirect", stop));
        var http = new HttpClientConfig { Authorization = new AuthorizationConfig { Credentials = new Secret("s3cret") } };

        await FetchAsync(first, Job with { Http = http });

        Assert.Contains("Authorization: Bearer s3cret", first.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", other.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_tokens_and_headers_in_files_are_read_when_they_are_used()
    {
        using var folder = new TempFolder();
        string password = folder.Write("password", "one\n");
        string header = folder.Write("header", "h1\n");
        await using var target = new FakeTarget("a 1\n");
        var http = new HttpClientConfig
        {
            BasicAuth = new BasicAuthConfig { Username = "u", PasswordFile = password },
            Headers = new Dictionary<string, HttpHeaderConfig> { ["X-Own"] = new() { Values = ["v"], Files = [header] } },
        };
        using var client = new HttpTargetClient(Job with { Http = http }, "test/1", new ScrapeMetrics());
        await FetchAsync(client, target.Address, Job, CancellationToken.None);
        folder.Write("password", "two");
        await FetchAsync(client, target.Address, Job, CancellationToken.None);

        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("u:one"u8)}\r\n", target.Requests[0], StringComparison.Ordinal);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("u:two"u8)}\r\n", target.Requests[1], StringComparison.Ordinal);
        Assert.Contains("X-Own: v", target.Requests[0], StringComparison.Ordinal);
        Assert.Contains("h1", target.Requests[0], StringComparison.Ordinal);

        File.Delete(password);
        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(client, target.Address, Job, CancellationToken.None));
        Assert.Contains("unable to read basic auth password: unable to read file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_built_is_named()
    {
        var http = new HttpClientConfig { OAuth2 = new OAuth2Config { GrantType = OAuth2Config.JwtBearerGrant } };
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => new HttpTargetClient(Job with { Http = http }, "t", new ScrapeMetrics()));
        Assert.Equal("oauth2 with grant_type urn:ietf:params:oauth:grant-type:jwt-bearer is not yet supported", e.Message);
    }

    [Fact]
    public async Task An_oauth2_token_is_fetched_by_client_credentials_and_kept()
    {
        await using var tokens = new FakeTarget("""{"access_token":"t0ken","token_type":"bearer","expires_in":3600}""", "application/json");
        await using var target = new FakeTarget("a 1\n");
        var oauth2 = new OAuth2Config { ClientId = "id", ClientSecret = new Secret("s3cret"), TokenUrl = $"http://{tokens.Address}/token", Scopes = ["metrics"] };
        using var client = new HttpTargetClient(Job with { Http = new HttpClientConfig { OAuth2 = oauth2 } }, "test/1", new ScrapeMetrics());
        await FetchAsync(client, target.Address, Job, CancellationToken.None);
        await FetchAsync(client, target.Address, Job, CancellationToken.None);

        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("id:s3cret"u8)}", Assert.Single(tokens.Requests), StringComparison.Ordinal);
        Assert.All(target.Requests, static r => Assert.Contains("Authorization: Bearer t0ken\r\n", r, StringComparison.Ordinal));

        tokens.Answer = static (_, s, stop) => FakeTarget.WriteAsync(s, "s3cret", "text/plain", "403 Forbidden", stop);
        using var refused = new HttpTargetClient(Job with { Http = new HttpClientConfig { OAuth2 = oauth2 } }, "test/1", new ScrapeMetrics());
        ScrapeException e = await Assert.ThrowsAsync<ScrapeException>(() => FetchAsync(refused, target.Address, Job, CancellationToken.None));
        Assert.Equal($"Get \"http://{target.Address}/metrics\": oauth2: cannot fetch token: 403 Forbidden", e.Message);
    }

    private static Task<(string Type, string Body)> FetchAsync(FakeTarget target, ScrapeConfig job) => FetchAsync(target.Address, job, CancellationToken.None);

    private static async Task<(string Type, string Body)> FetchAsync(string address, ScrapeConfig job, CancellationToken cancellationToken)
    {
        using var client = new HttpTargetClient(job, "test/1", new ScrapeMetrics());
        return await FetchAsync(client, address, job, cancellationToken);
    }

    private static async Task<(string Type, string Body)> FetchAsync(HttpTargetClient client, string address, ScrapeConfig job, CancellationToken cancellationToken)
    {
        Labels labels = Labels.Of("__address__", address, "__scheme__", job.Scheme, "__metrics_path__", "/metrics", "__scrape_interval__", "15s", "__scrape_timeout__", "10s");
        using var buffer = new ScrapeBuffer();
        buffer.Begin();
        string type = await client.FetchAsync(new Target(job, labels, labels), buffer, cancellationToken);
        return (type, Encoding.UTF8.GetString(buffer.Body));
    }

    private static byte[] Gzip(byte[] body)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return output.ToArray();
    }
}
