using System.Net.Http.Headers;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary><c>/federate</c> of Pharos beside that of the real Prometheus, and scraped by it.</summary>
public sealed class FederationTests
{
    private const string Config = "global: {external_labels: {region: eu, job: outer}}";

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/plain;version=0.0.4;escaping=allow-utf-8")]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;escaping=values")]
    public async Task Both_answer_the_same_bytes(string accept)
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, Config, "--enable-feature=native-histograms");
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(folder, Config, "--web.enable-remote-write-receiver", "--enable-feature=native-histograms");
        byte[] body = Samples(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()).ToBody();
        await pharos.RemoteWriteAsync(body);
        await prometheus.RemoteWriteAsync(body);

        foreach (string query in new[] { "match[]={__name__=~\".%2B\"}", "match[]=b&match[]={job=\"x\"}&match[]=b", "match[]=none", "", "match[]=b{", "match[]={}" })
        {
            (string Type, string Body) expected = await GetAsync(prometheus, query, accept);
            (string type, string text) = await GetAsync(pharos, query, accept);
            Assert.Equal(expected.Type, type);
            Assert.Equal(expected.Body, text);
        }

        Assert.True((await GetAsync(pharos, "match[]={__name__=~\".%2B\"}", accept)).Body.Length > 300);
    }

    [Fact]
    public async Task The_real_Prometheus_scrapes_what_is_federated()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, Config);
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await pharos.RemoteWriteAsync(Samples(now).ToBody());
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(folder, $$"""
            global: {scrape_interval: 1s}
            scrape_configs:
            - job_name: federate
              honor_labels: true
              metrics_path: /federate
              params: {"match[]": ['{__name__=~".+"}']}
              static_configs: [{targets: ["127.0.0.1:{{pharos.Port}}"]}]
            """, "--enable-feature=native-histograms");

        await Until.TrueAsync("the federated series", async () => await prometheus.Api.NumberAsync("count({region=\"eu\"})") >= 4, () => prometheus.Process.Output);
        Assert.Equal(0.1, await prometheus.Api.NumberAsync("b{job=\"x\",instance=\"i:1\"}"));

        // It likes protobuf best with this feature, and asks for no names beyond the old form in it.
        Assert.Equal(3, await prometheus.Api.NumberAsync("http_requests{the_code=\"200\",job=\"outer\"}"));
        Assert.Equal(4, await prometheus.Api.NumberAsync("histogram_count(h{job=\"x\"})"));
    }

    // No histograms with custom buckets: 3.5 writes them otherwise than 3.14.
    private static WriteRequestBuilder Samples(long now)
    {
        var exponential = new FloatHistogram
        {
            Schema = 2,
            Count = 4,
            Sum = -0.5,
            ZeroThreshold = 0.001,
            ZeroCount = 1,
            PositiveSpans = [new BucketSpan(3, 1)],
            PositiveBuckets = [2],
            NegativeSpans = [new BucketSpan(-1, 1)],
            NegativeBuckets = [1],
        };
        return new WriteRequestBuilder()
            .Add(["__name__", "b", "instance", "i:1", "job", "x"], (now - 1000, 0.1))
            .Add(["__name__", "b", "instance", "i:2", "job", "y\"\\\n"], (now - 1000, 1e300))
            .Add(["__name__", "a"], (now - 2000, -0.0))
            .Add(["__name__", "b", "instance", "old", "job", "x"], (now - 3_000_000, 7))
            .Add(["__name__", "b", "instance", "ended", "job", "x"], (now - 2000, 7), (now - 1000, Staleness.Marker))
            .Add(["__name__", "http.requests", "the.code", "200"], (now - 1500, 3))
            .AddHistograms(["__name__", "h", "job", "x"], [(now - 1000, exponential)], asIntegers: true);
    }

    private static async Task<(string Type, string Body)> GetAsync(ServerProcess server, string query, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/federate?" + query);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using HttpResponseMessage response = await server.Api.Http.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return ($"{(int)response.StatusCode} {response.Content.Headers.ContentType}", accept.StartsWith("text", StringComparison.Ordinal) ? Encoding.UTF8.GetString(body) : Convert.ToHexString(body));
    }
}
