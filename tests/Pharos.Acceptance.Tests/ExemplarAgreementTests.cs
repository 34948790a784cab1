using System.Net.Http.Headers;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>The same remote-written exemplars in Pharos and in the real Prometheus; then both are asked the same.</summary>
public sealed class ExemplarAgreementTests
{
    private const int Limit = 40;

    private static readonly string[] Metrics =
    [
        "prometheus_tsdb_exemplar_exemplars_appended_total",
        "prometheus_tsdb_exemplar_exemplars_in_storage",
        "prometheus_tsdb_exemplar_series_with_exemplars_in_storage",
        "prometheus_tsdb_exemplar_last_exemplars_timestamp_seconds",
        "prometheus_tsdb_exemplar_max_exemplars",
    ];

    [Fact]
    public async Task Written_exemplars_come_back_as_from_the_real_Prometheus()
    {
        using var folder = new TempFolder();
        string config = $"storage: {{exemplars: {{max_exemplars: {Limit}}}}}";
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, config, "--enable-feature=exemplar-storage");
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(
            folder, config, "--enable-feature=exemplar-storage", "--web.enable-remote-write-receiver");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (byte[] body in Requests(new Random(1), now))
        {
            await WriteAsync(pharos, body);
            await WriteAsync(prometheus, body);
        }

        double start = now / 1000.0;
        foreach (string query in new[]
        {
            "query=hits_total", "query=sum(rate({job=~\"a|b\"}[5m])) / hits_total", "query={__name__!=\"\",job!=\"a\"}", "query=none", "query=1", "query=", "query=x{",
            $"query=hits_total&start={start + 5:F3}&end={start + 20:F3}", "query=hits_total&start=2&end=1", "query=hits_total&start=no",
        })
        {
            string path = "/api/v1/query_exemplars?" + query.Replace(" ", "%20", StringComparison.Ordinal);
            Assert.Equal(await AnswerAsync(prometheus, path), await AnswerAsync(pharos, path));
        }

        Assert.Contains("trace_id", await AnswerAsync(pharos, "/api/v1/query_exemplars?query=hits_total"), StringComparison.Ordinal);
        Assert.Equal(await MetricsAsync(prometheus), await MetricsAsync(pharos));
    }

    // Duplicates, late ones, equal times, long and empty labels, more exemplars than places. Of two at one time with one value, which comes first is a hash's to say
    // in the real Prometheus: the value says the label here.
    private static IEnumerable<byte[]> Requests(Random random, long now)
    {
        string[] jobs = ["a", "b", "c", "d", "e"];
        for (int i = 0; i < 60; i++)
        {
            var request = new WriteRequestBuilder();
            foreach (string job in jobs)
            {
                (string[], double, long)[] exemplars =
                [
                    .. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(4)).Select(value => (
                        new[] { "trace_id", random.Next(20) == 0 ? new string('x', 130) : $"{value}", "none", "" },
                        (double)value,
                        now + (i * 500) + (random.Next(4) * 300))),
                ];
                request.AddWithExemplars(["__name__", "hits_total", "job", job], [(now + i, i)], exemplars);
            }

            yield return request.ToBody();
        }
    }

    private static async Task WriteAsync(ServerProcess server, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        using HttpResponseMessage response = await server.Api.Http.PostAsync("/api/v1/write", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> AnswerAsync(ServerProcess server, string path)
    {
        using HttpResponseMessage response = await server.Api.Http.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();
        return $"{(int)response.StatusCode} {(text.Length == 0 ? "" : JsonSerializer.Serialize(JsonDocument.Parse(text).RootElement))}";
    }

    private static async Task<string[]> MetricsAsync(ServerProcess server)
    {
        string text = await server.Api.Http.GetStringAsync("/metrics");
        string[] lines = text.Split('\n');
        return [.. Metrics.Select(metric => lines.Single(line => line.StartsWith(metric + " ", StringComparison.Ordinal)))];
    }
}
