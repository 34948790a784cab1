using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>Pharos and the real Prometheus scrape one target in OpenMetrics with exemplars, types and units; then both are asked the same.</summary>
public sealed class ScrapeFeatureAgreementTests
{
    private const string Features = "--enable-feature=exemplar-storage,type-and-unit-labels";

    private const string Body = """
        # TYPE hits counter
        hits_total{path="/a"} 3 # {trace_id="1",note="a \"b\" \\ c"} 1 1700000000.5
        hits_total{path="/b"} 4 # {} 2.5
        # TYPE took_seconds histogram
        # UNIT took_seconds seconds
        took_seconds_bucket{le="0.5"} 1 # {trace_id="2"} 0.25 1700000001
        took_seconds_bucket{le="+Inf"} 2 # {trace_id="3",empty=""} 4 1700000002.001
        took_seconds_count 2
        took_seconds_sum 4.25
        # TYPE temperature gauge
        temperature{__type__="own",__unit__="own"} 20 # {sensor="x"} 20
        # TYPE plain unknown
        plain 1 # {tooLong="0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"} 1
        # TYPE state stateset
        state{state="on"} 1
        # EOF

        """;

    [Fact]
    public async Task Exemplars_types_and_units_of_a_scrape_are_those_of_the_real_Prometheus()
    {
        await using var target = new FakeTarget(Body.ReplaceLineEndings("\n"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
        using var folder = new TempFolder();
        string config = $$"""
            scrape_configs:
              - job_name: j
                scrape_interval: 1s
                static_configs: [{targets: ["{{target.Address}}"]}]
            """;
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, config, Features);
        await using ServerProcess prometheus = await ServerProcess.StartPrometheusAsync(folder, config, Features);
        foreach (ServerProcess server in new[] { pharos, prometheus })
        {
            // Twice at least, so that known lines are read too.
            await Until.TrueAsync("two scrapes", async () => await server.Api.NumberAsync("count_over_time(plain[1m]) >= 2") is not null, () => server.Process.Output);
        }

        Assert.Equal(await SeriesAsync(prometheus), await SeriesAsync(pharos));
        Assert.Equal(await ExemplarsAsync(prometheus), await ExemplarsAsync(pharos));
        Assert.Equal(5, (await ExemplarsAsync(pharos)).Length);
        foreach (string query in new[] { "rate(hits_total[1m])", "rate(temperature[1m])", "{__type__=\"counter\"} + 0", "sum by (__type__) ({__unit__=\"seconds\"})" })
        {
            Assert.Equal(await NamesAsync(prometheus, query), await NamesAsync(pharos, query));
        }
    }

    private static async Task<string[]> SeriesAsync(ServerProcess server)
    {
        JsonElement answer = await server.Api.GetAsync("/api/v1/series?match[]={job=\"j\"}");
        return [.. answer.GetProperty("data").EnumerateArray().Select(static s => JsonSerializer.Serialize(s)).Order(StringComparer.Ordinal)];
    }

    // Where the target says no time, both servers have the times of their own scrapes.
    private static async Task<string[]> ExemplarsAsync(ServerProcess server)
    {
        JsonElement answer = await server.Api.GetAsync("/api/v1/query_exemplars?query={job=\"j\"}");
        return
        [
            .. answer.GetProperty("data").EnumerateArray().Select(static series =>
            {
                IEnumerable<string> exemplars = series.GetProperty("exemplars").EnumerateArray().Select(static e =>
                    $"{e.GetProperty("labels")} {e.GetProperty("value")} {(e.GetProperty("timestamp").GetDouble() > 1.71e9 ? "" : e.GetProperty("timestamp").GetRawText())}");
                return $"{series.GetProperty("seriesLabels")}: {string.Join(' ', exemplars)}";
            }),
        ];
    }

    private static async Task<string[]> NamesAsync(ServerProcess server, string query)
    {
        JsonElement answer = await server.Api.QueryAsync(query);

        // Newer versions name histograms too.
        string infos = answer.TryGetProperty("infos", out JsonElement found) ? found.ToString().Replace(" or \\\"histogram\\\"", "", StringComparison.Ordinal) : "";
        return [infos, .. answer.GetProperty("data").GetProperty("result").EnumerateArray().Select(static r => r.GetProperty("metric").ToString()).Order(StringComparer.Ordinal)];
    }
}
