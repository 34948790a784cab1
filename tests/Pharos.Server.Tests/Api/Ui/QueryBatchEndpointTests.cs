using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Server.Tests.Api.Ui;

public class QueryBatchEndpointTests
{
    // The store refuses what is far behind what it has: its own metrics are of now. A multiple of every step that is asked.
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 600_000 * 600_000;

    [Fact]
    public async Task Every_query_is_a_line_and_the_last_line_says_that_it_is_done()
    {
        await using RunningServer server = await StartAsync();
        IReadOnlyDictionary<string, JsonElement> lines = await AskAsync(server, """
            {"id":"range","expr":"requests","intervalMs":60000},{"id":"instant","expr":"sum(requests)","instant":true,"legendFormat":"all"},{"id":"bad","expr":"sum("},{"id":"none","expr":"absent_metric"},{"id":"scalar","expr":"1 / 0","instant":true}
            """);
        Assert.Equal(5, lines.Count);
        JsonElement range = lines["range"];
        Assert.Equal((60_000, Now - 300_000, 6), (range.GetProperty("step").GetInt64(), range.GetProperty("t0").GetInt64(), range.GetProperty("steps").GetInt32()));
        Assert.Equal(["/a", "/b"], range.GetProperty("series").EnumerateArray().Select(static s => s.GetProperty("name").GetString()));
        Assert.Equal("[1,1,1,1,1,1]", range.GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.Equal("[null,null,null,null,null,\"NaN\"]", range.GetProperty("series")[1].GetProperty("values").GetRawText());
        Assert.Equal((2, 7), (range.GetProperty("meta").GetProperty("series").GetInt32(), range.GetProperty("meta").GetProperty("points").GetInt32()));
        Assert.Equal(("all", 1, Now), (lines["instant"].GetProperty("series")[0].GetProperty("name").GetString(), lines["instant"].GetProperty("steps").GetInt32(), lines["instant"].GetProperty("t0").GetInt64()));
        Assert.Equal("[\"+Inf\"]", lines["scalar"].GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.Equal(0, lines["none"].GetProperty("series").GetArrayLength());
        JsonElement error = lines["bad"].GetProperty("error");
        Assert.Contains("parse error", error.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.True(error.GetProperty("place").TryGetProperty("offset", out _));
    }

    [Fact]
    public async Task The_step_is_round_and_the_rate_interval_follows_the_scrapes()
    {
        await using RunningServer server = await StartAsync();
        IReadOnlyDictionary<string, JsonElement> lines = await AskAsync(server, """
            {"id":"a","expr":"rate(requests[$__rate_interval]) + $__interval_ms + $__range_s","maxDataPoints":7},{"id":"b","expr":"requests","maxDataPoints":1000},{"id":"c","expr":"requests","minIntervalMs":45000}
            """);
        Assert.Equal("rate(requests[75s]) + 60000 + 280", lines["a"].GetProperty("expr").GetString());
        Assert.Equal((60_000, 15_000, 45_000), (lines["a"].GetProperty("step").GetInt64(), lines["b"].GetProperty("step").GetInt64(), lines["c"].GetProperty("step").GetInt64()));
        Assert.Equal(15_000, lines["a"].GetProperty("meta").GetProperty("scrapeIntervalMs").GetInt64());
    }

    [Fact]
    public async Task Too_many_series_are_cut_and_counted()
    {
        await using RunningServer server = await StartAsync();
        JsonElement line = (await AskAsync(server, """{"id":"a","expr":"requests","maxSeries":1}"""))["a"];
        Assert.Equal((1, "{\"shown\":1,\"total\":2}"), (line.GetProperty("series").GetArrayLength(), line.GetProperty("limited").GetRawText()));
    }

    [Fact]
    public async Task What_is_worth_knowing_comes_with_its_place_in_characters_of_what_was_asked()
    {
        await using RunningServer server = await StartAsync();
        JsonElement line = (await AskAsync(server, """{"id":"a","expr":"rate(requests{path!=\"ü\"}[${__range}]) or quantile(2, requests)"}"""))["a"];
        string expr = line.GetProperty("expr").GetString()!;
        Assert.Equal("PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"requests\" (1:6)", line.GetProperty("infos")[0].GetProperty("text").GetString());
        Assert.Equal("requests{path!=\"ü\"}[280s]", Part(expr, line.GetProperty("infos")[0].GetProperty("place")));
        Assert.StartsWith("PromQL warning: quantile value should be between 0 and 1, got 2", line.GetProperty("warnings")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", Part(expr, line.GetProperty("warnings")[0].GetProperty("place")));
    }

    [Fact]
    public async Task A_query_that_fails_while_it_runs_says_at_which_steps()
    {
        await using RunningServer server = await StartAsync();
        IReadOnlyDictionary<string, JsonElement> lines = await AskAsync(server, """{"id":"a","expr":"requests * on () requests","intervalMs":20000},{"id":"b","expr":"rate(requests)"}""");
        Assert.Contains("many-to-many", lines["a"].GetProperty("error").GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal((20_000, Now - 280_000), (lines["a"].GetProperty("step").GetInt64(), lines["a"].GetProperty("t0").GetInt64()));
        Assert.False(lines["b"].TryGetProperty("step", out _));
    }

    [Theory]
    [InlineData("""{"from":1,"to":0,"queries":[{"id":"a","expr":"up"}]}""")]
    [InlineData("""{"from":0,"to":1,"queries":[]}""")]
    [InlineData("""{"from":0,"to":1,"queries":[{"id":"a"}]}""")]
    [InlineData("""{"from":0,"to":1,"queries":[{"id":"a","expr":"up","maxDataPoints":0}]}""")]
    [InlineData("""{"from":"now","to":1,"queries":[{"id":"a","expr":"up"}]}""")]
    public async Task A_bad_request_is_refused_as_a_whole(string body)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await SendAsync(server, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task When_the_client_goes_away_what_runs_is_stopped_and_the_rest_is_not_begun()
    {
        const int Queries = 40;
        await using RunningServer server = await RunningServer.StartAsync("--query.timeout=1h", "--query.max-samples=1000000000");
        string body = $"{{\"from\":{Now - 86_400_000},\"to\":{Now},\"queries\":[{string.Join(',', Enumerable.Range(0, Queries).Select(Heavy))}]}}";
        using var gone = new CancellationTokenSource();
        Task<HttpResponseMessage> answer = server.Http.PostAsync("/api/pharos/v1/query/batch", new StringContent(body, Encoding.UTF8, "application/json"), gone.Token);
        await Until.TrueAsync("a query to run", async () => await MetricAsync(server, "prometheus_engine_queries") > 0, () => server.Log);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => (await answer).Dispose());
        await Until.TrueAsync("no query to run", async () => await MetricAsync(server, "prometheus_engine_queries") == 0, () => server.Log);
        Assert.True(await MetricAsync(server, "prometheus_engine_query_duration_seconds_count{slice=\"inner_eval\"}") < Queries);
    }

    private static string Part(string text, JsonElement place) => text.Substring(place.GetProperty("offset").GetInt32(), place.GetProperty("length").GetInt32());

    private static string Heavy(int number) => $"{{\"id\":\"q{number}\",\"expr\":\"sum_over_time((vector({number}) * 2)[1d:1s])\",\"intervalMs\":10000}}";

    private static async Task<double> MetricAsync(RunningServer server, string name)
    {
        string text = await server.TextAsync("/metrics");
        string? line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    private static async Task<RunningServer> StartAsync()
    {
        RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        byte[] body = new WriteRequestBuilder().Add(["__name__", "requests", "path", "/a"], (Now - 300_000, 1), (Now - 150_000, 1), (Now, 1)).Add(["__name__", "requests", "path", "/b"], (Now - 10_000, double.NaN)).ToBody();
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, body);
        Assert.True(response.IsSuccessStatusCode);
        return server;
    }

    private static async Task<IReadOnlyDictionary<string, JsonElement>> AskAsync(RunningServer server, string queries)
    {
        using HttpResponseMessage response = await SendAsync(server, $"{{\"from\":{Now - 280_000},\"to\":{Now},\"queries\":[{queries}]}}");
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        List<JsonElement> lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.True(lines[^1].GetProperty("done").GetBoolean());
        return lines.SkipLast(1).ToDictionary(static line => line.GetProperty("id").GetString()!, StringComparer.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningServer server, string body) =>
        server.SendAsync(HttpMethod.Post, "/api/pharos/v1/query/batch", new StringContent(body, Encoding.UTF8, "application/json"));
}
