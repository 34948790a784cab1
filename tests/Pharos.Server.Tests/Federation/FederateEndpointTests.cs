using System.Net;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Server.Tests.Federation;

public sealed class FederateEndpointTests
{
    private const string Write = "--web.enable-remote-write-receiver";

    private readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [Fact]
    public async Task The_newest_samples_come_as_untyped_families_sorted_by_name_with_external_labels()
    {
        using var configs = new TempFolder();
        string file = configs.Write("prometheus.yml", "global: {external_labels: {region: eu, job: other}}");
        await using RunningServer server = await RunningServer.StartAsync(Write, "--config.file=" + file);
        await WriteAsync(server, new WriteRequestBuilder()
            .Add(["__name__", "up", "instance", "b:1", "job", "node"], (_now - 2000, 0), (_now - 1000, 1))
            .Add(["__name__", "a_total", "x", "q\"\\\n"], (_now, 1e6))
            .Add(["__name__", "up", "instance", "a:1", "job", "node"], (_now, -0.0)));

        Assert.Equal(
            $"""
            # TYPE a_total untyped
            a_total{"{"}x="q\"\\\n",instance="",job="other",region="eu"{"}"} 1e+06 {_now}
            # TYPE up untyped
            up{"{"}instance="a:1",job="node",region="eu"{"}"} 0 {_now}
            up{"{"}instance="b:1",job="node",region="eu"{"}"} 1 {_now - 1000}

            """.ReplaceLineEndings("\n"),
            await server.TextAsync("/federate?match[]={__name__=~\"up|a_total\"}&match[]=up"));
    }

    [Fact]
    public async Task Old_and_ended_series_are_left_out()
    {
        await using RunningServer server = await RunningServer.StartAsync(Write);
        await WriteAsync(server, new WriteRequestBuilder()
            .Add(["__name__", "a", "is", "old"], (_now - 301_000, 1))
            .Add(["__name__", "a", "is", "young"], (_now - 200_000, 2))
            .Add(["__name__", "a", "is", "ended"], (_now - 2000, 3), (_now - 1000, Staleness.Marker)));

        Assert.Equal($"# TYPE a untyped\na{{is=\"young\",instance=\"\"}} 2 {_now - 200_000}\n", await server.TextAsync("/federate?match[]=a"));
    }

    [Theory]
    [InlineData("", "# TYPE http_requests untyped\nhttp_requests{the_code=\"1\",instance=\"\"} 2 ")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.3", "# TYPE \"http.requests\" untyped\n{\"http.requests\",\"the.code\"=\"1\",instance=\"\"} 2 ")]
    [InlineData("text/plain;version=0.0.4;escaping=values", "# TYPE U__http_2e_requests untyped\nU__http_2e_requests{U__the_2e_code=\"1\",instance=\"\"} 2 ")]
    [InlineData("text/plain;escaping=dots", "# TYPE http_dot_requests untyped\nhttp_dot_requests{the_dot_code=\"1\",instance=\"\"} 2 ")]
    public async Task Names_beyond_the_old_form_are_escaped_as_the_client_asks(string accept, string expected)
    {
        await using RunningServer server = await RunningServer.StartAsync(Write);
        await WriteAsync(server, new WriteRequestBuilder().Add(["__name__", "http.requests", "the.code", "1"], (_now, 2)));
        using HttpResponseMessage response = await GetAsync(server, "/federate?match[]={\"http.requests\"}", accept);

        Assert.Equal($"{expected}{_now}\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Protobuf_is_given_to_those_who_like_it_best()
    {
        await using RunningServer server = await RunningServer.StartAsync(Write);
        await WriteAsync(server, new WriteRequestBuilder().Add(["__name__", "up", "job", "a"], (1_000 * (_now / 1000), 0.5)));
        using HttpResponseMessage response = await GetAsync(
            server, "/federate?match[]=up", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;q=0.2");

        Assert.Equal("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores", response.Content.Headers.ContentType!.ToString());
        byte[] body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body.Length - 1, body[0]);
        Assert.Equal("0A027570" + "1803" + "222A" + "0A080A036A6F62120161" + "0A0C0A08696E7374616E63651200" + "2A0909000000000000E03F", Convert.ToHexString(body.AsSpan(1, 43)));
    }

    [Fact]
    public async Task Wrong_selectors_are_refused_and_none_select_nothing()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage wrong = await server.GetAsync("/federate?match[]=up{");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "1:4: parse error: unexpected end of input inside braces\n"),
            (wrong.StatusCode, await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        using HttpResponseMessage nothing = await server.GetAsync("/federate");
        Assert.Equal((HttpStatusCode.OK, ""), (nothing.StatusCode, await nothing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8; escaping=underscores", nothing.Content.Headers.ContentType!.ToString());
        Assert.Contains("prometheus_web_federation_errors_total 0\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_server_scrapes_another()
    {
        await using RunningServer lower = await RunningServer.StartAsync(Write);
        await WriteAsync(lower, new WriteRequestBuilder().Add(["__name__", "up", "instance", "b:1", "job", "node"], (_now, 1)));
        using var configs = new TempFolder();
        string file = configs.Write("prometheus.yml", $$"""
            global: {scrape_interval: 1s}
            scrape_configs:
            - job_name: federate
              honor_labels: true
              metrics_path: /federate
              params: {"match[]": ['{job="node"}']}
              static_configs: [{targets: ["{{new Uri(lower.Address).Authority}}"]}]
            """);
        await using RunningServer upper = await RunningServer.StartAsync("--config.file=" + file);

        await Testing.Processes.Until.TrueAsync("the federated series", async () =>
            (await upper.DataAsync("/api/v1/query?query=up{job=\"node\",instance=\"b:1\"}")).GetProperty("result").GetArrayLength() == 1, () => upper.Log);
    }

    private static async Task WriteAsync(RunningServer server, WriteRequestBuilder request)
    {
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, request.ToBody());
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static Task<HttpResponseMessage> GetAsync(RunningServer server, string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
