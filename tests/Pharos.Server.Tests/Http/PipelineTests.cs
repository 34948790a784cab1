using System.Net;
using System.Text;

namespace Pharos.Server.Tests.Http;

/// <summary>What happens to every request, whatever it asks for.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task Unknown_paths_and_methods_are_refused_in_upstreams_words()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage unknown = await server.GetAsync("/api/v1/nosuch");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("404 page not found\n", await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using HttpResponseMessage method = await server.SendAsync(HttpMethod.Delete, "/api/v1/status/flags");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        Assert.Equal("Method Not Allowed\n", await method.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("GET", method.Content.Headers.Allow);
    }

    [Fact]
    public async Task Without_a_sign_in_every_path_but_health_is_401_before_it_is_routed()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.auth=required", "--web.enable-lifecycle");
        foreach (string path in new[] { "/", "/metrics", "/api/v1/query?query=up", "/api/v1/nosuch", "/nosuch", "/-/reload", "/-/quit" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync(path)).StatusCode);
        }

        Assert.Equal("Prometheus Server is Healthy.\n", await server.TextAsync("/-/healthy"));
        Assert.Equal("Prometheus Server is Ready.\n", await server.TextAsync("/-/ready"));
    }

    [Fact]
    public async Task Health_answers_head_too()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Head, "/-/healthy")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Head, "/-/ready")).StatusCode);
    }

    [Theory]
    [InlineData("//-/healthy")]
    [InlineData("/-//healthy")]
    [InlineData("///-/healthy")]
    public async Task Slashes_that_follow_one_another_count_as_one(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.auth=required");
        using HttpResponseMessage response = await server.Http.GetAsync(new Uri(server.Address.TrimEnd('/') + path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Everything_lies_under_the_route_prefix_and_the_root_leads_to_it()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.route-prefix=/prom/");
        Assert.Equal("Prometheus Server is Ready.\n", await server.TextAsync("/prom/-/ready"));
        Assert.Contains("href=\"/prom/api/v1/targets\"", await server.TextAsync("/prom/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/-/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/prometheus/-/ready")).StatusCode);
        using HttpResponseMessage root = await server.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, root.StatusCode);
        Assert.Equal("/prom/", root.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("--web.cors.origin=.*", "http://any.example", "*")]
    [InlineData("--web.cors.origin=https?://(a|b)\\.example", "http://a.example", "http://a.example")]
    [InlineData("--web.cors.origin=https?://(a|b)\\.example", "http://a.example.evil", null)]
    public async Task Scripts_of_allowed_origins_may_read_the_api(string flag, string origin, string? allowed)
    {
        await using RunningServer server = await RunningServer.StartAsync(flag);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/status/flags");
        request.Headers.Add("Origin", origin);
        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        // Without sign-in foreign origins get no answer at all.
        if (response.StatusCode == HttpStatusCode.Forbidden)
        {
            return;
        }

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null);
        Assert.Equal("GET, POST, OPTIONS", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
    }

    [Fact]
    public async Task An_answer_of_the_api_varies_by_origin()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.GetAsync("/api/v1/status/buildinfo");
        Assert.Equal("Origin", response.Headers.Vary.Single());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_head_beyond_the_limit_is_refused_and_the_server_goes_on()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.GetAsync("/api/v1/status/flags?x=" + new string('a', 2 * 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        Assert.Equal("Prometheus Server is Healthy.\n", await server.TextAsync("/-/healthy"));
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_status_and_never_by_what_clients_invent()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.TextAsync("/api/v1/status/flags");
        await server.TextAsync("/api/v1/status/flags");
        await server.GetAsync("/invented/1");
        await server.GetAsync("/invented/2");
        string metrics = await server.TextAsync("/metrics");
        Assert.Contains("prometheus_http_requests_total{code=\"200\",handler=\"/api/v1/status/flags\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("prometheus_http_requests_total{code=\"404\",handler=\"unrouted\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("invented", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_says_what_this_is()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.page-title=<My> title");
        using HttpResponseMessage response = await server.GetAsync("/");
        string page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Contains("<h1>&lt;My&gt; title</h1>", page, StringComparison.Ordinal);
        Assert.Contains(BuildInfo.Version, page, StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount(page) < 4096);
    }
}
