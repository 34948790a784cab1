using System.Text.Json;
using Pharos.PromQL;
using Pharos.Server.Logging;
using Pharos.Testing;

namespace Pharos.Server.Tests.Logging;

public sealed class QueryLogTests : IDisposable
{
    private const string NoTimes = "{\"evalTotalTime\":0,\"resultSortTime\":0,\"queryPreparationTime\":0,\"innerEvalTime\":0,\"execQueueTime\":0,\"execTotalTime\":0}";

    private static readonly QueryLogEntry Entry = new("up{a=\"<é>\"}", 1_700_000_000_000, 1_700_000_060_500, 15_000, Asker: null, new QueryStatistics(3, 2, TimeSpan.Zero, TimeSpan.Zero), Error: null);

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123));
    private int _failures;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_query_is_one_line_with_upstreams_fields()
    {
        using (QueryLog log = Open())
        {
            log.Write(Entry);
            log.Write(Entry with { Error = "no", Asker = new QueryAsker("ruleGroup", [new("file", "/r.yml"), new("name", "g")]) });
        }

        string start = "{\"time\":\"2023-11-14T22:13:20.123Z\",\"level\":\"INFO\",\"msg\":\"promql query logged\",\"params\":{\"end\":\"2023-11-14T22:14:20.500Z\","
            + "\"query\":\"up{a=\\\"<é>\\\"}\",\"start\":\"2023-11-14T22:13:20.000Z\",\"step\":15},";
        string stats = "\"stats\":{\"timings\":" + NoTimes + ",\"samples\":{\"peakSamples\":2}}";
        Assert.Equal($"{start}{stats}}}\n{start}\"error\":\"no\",{stats},\"ruleGroup\":{{\"file\":\"/r.yml\",\"name\":\"g\"}}}}\n", Text());
    }

    [Fact]
    public void It_goes_on_where_it_ended()
    {
        Open().Dispose();
        using (QueryLog first = Open())
        {
            first.Write(Entry);
        }

        using QueryLog second = Open();
        second.Write(Entry);
        Assert.Equal(2, Text().Count(static c => c == '\n'));
    }

    [Fact]
    public void What_comes_after_the_end_is_left_out()
    {
        QueryLog log = Open();
        log.Dispose();
        log.Write(Entry);
        Assert.Equal((0, ""), (_failures, Text()));
    }

    [Fact]
    public void A_full_disk_is_counted_and_nothing_else()
    {
        using var log = new QueryLog("/dev/full", _clock, perStep: false, () => _failures++);
        log.Write(Entry);
        Assert.Equal(1, _failures);
    }

    [Fact]
    public async Task Queries_of_the_api_are_logged_with_who_asked_and_what_they_took()
    {
        string config = _folder.Write("prometheus.yml", "global: {query_log_file: queries.log}");
        await using RunningServer server = await RunningServer.StartAsync("--config.file=" + config, "--enable-feature=promql-per-step-stats");
        await server.TextAsync("/api/v1/query_range?query=sum(vector(1))&start=1700000000&end=1700000030&step=15");
        using HttpResponseMessage failed = await server.GetAsync("/api/v1/query?query=label_replace(vector(1),%22__name__%22,%22a%22,%22%22,%22(%22)");

        JsonElement[] lines = [.. Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)
            .Where(static line => line.TryGetProperty("httpRequest", out _))];
        Assert.Equal(2, lines.Length);
        Assert.Equal("sum(vector(1))", lines[0].GetProperty("params").GetProperty("query").GetString());
        Assert.Equal("{\"clientIP\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/api/v1/query_range\"}", lines[0].GetProperty("httpRequest").GetRawText());
        Assert.Equal(3, lines[0].GetProperty("stats").GetProperty("samples").GetProperty("totalQueryableSamplesPerStep").GetArrayLength());
        Assert.Contains("invalid regular expression", lines[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("prometheus_engine_query_log_enabled 1\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_leaves_a_rotated_file_behind_and_ends_the_log_where_none_is_wanted()
    {
        string config = _folder.Write("prometheus.yml", "global: {query_log_file: queries.log}");
        await using RunningServer server = await RunningServer.StartAsync("--config.file=" + config);
        await server.TextAsync("/api/v1/query?query=1");
        string path = _folder.File("queries.log");
        File.Move(path, path + ".1");
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        await server.TextAsync("/api/v1/query?query=2");
        Assert.Contains("\"query\":\"2\"", Text(), StringComparison.Ordinal);

        _folder.Write("prometheus.yml", "global: {}");
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        await server.TextAsync("/api/v1/query?query=3");
        Assert.DoesNotContain("\"query\":\"3\"", Text(), StringComparison.Ordinal);

        _folder.Write("prometheus.yml", "global: {query_log_file: none/queries.log}");
        string? error = await server.Server.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Contains("none/queries.log", error, StringComparison.Ordinal);
        Assert.Contains("prometheus_engine_query_log_enabled 0\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    private QueryLog Open() => new(_folder.File("queries.log"), _clock, perStep: false, () => _failures++);

    private string Text() => File.ReadAllText(_folder.File("queries.log"));
}
