using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

public sealed class ReadApiTests
{
    private const long Start = 1_700_000_000_000;
    private static string StepTexts(JsonElement samples) => string.Join(
        ' ',
        ((string[])["totalQueryableSamplesPerStep", "totalQueryableSamples", "samplesReadPerStep", "samplesRead"]).Select(name => samples.GetProperty(name).GetRawText()));

    private static readonly double[] Extremes = [1e21, 1e-7, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1, 123456789.125];

    public static TheoryData<string, string> RecordedAnswers()
    {
        var data = new TheoryData<string, string>();
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Pharos.Server.Tests", "Golden", "read-api.jsonl")))
        {
            var recorded = JsonNode.Parse(line)!.AsObject();
            data.Add($"{recorded["method"]} {recorded["url"]} {recorded["form"]}", line);
        }

        return data;
    }

    // The file holds what Prometheus 3.5.3 answered over the same samples.
    [Theory]
    [MemberData(nameof(RecordedAnswers))]
    public async Task Answers_are_those_of_the_real_Prometheus(string name, string line)
    {
        Assert.NotEmpty(name);
        JsonNode recorded = JsonNode.Parse(line)!;
        await using ApiServer server = await ApiServer.StartAsync(RecordedSeries());
        using var request = new HttpRequestMessage(new HttpMethod(recorded["method"]!.GetValue<string>()), recorded["url"]!.GetValue<string>());
        if (recorded["form"] is { } form)
        {
            request.Content = new StringContent(form.GetValue<string>(), Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(recorded["status"]!.GetValue<int>(), (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());

        // Syntax trees have fields that 3.5 does not know.
        bool mayHaveMore = recorded["url"]!.GetValue<string>().StartsWith("/api/v1/parse_query", StringComparison.Ordinal);
        Assert.True(Contains(recorded["body"], JsonNode.Parse(text), mayHaveMore), $"expected {recorded["body"]!.ToJsonString()} but got {text}");
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/series")]
    [InlineData("PUT", "/api/v1/query")]
    [InlineData("POST", "/api/v1/label/job/values")]
    public async Task Other_methods_are_not_allowed(string method, string url)
    {
        await using ApiServer server = await ApiServer.StartAsync(new InMemorySeriesSource());
        using HttpResponseMessage response = await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), url), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_time_now_is_meant()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_123_456));
        await using ApiServer server = await ApiServer.StartAsync(new InMemorySeriesSource(), clock: clock);
        Assert.Equal(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1700000123.456,\"1\"]}]}}",
            await server.Http.GetStringAsync("/api/v1/query?query=vector(1)", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Statistics_have_upstreams_fields_when_asked_for()
    {
        await using ApiServer server = await ApiServer.StartAsync(RecordedSeries());
        JsonElement data = await DataAsync(server, "/api/v1/query?query=sum(max_over_time(g[30s]))&time=1700000600&stats=all");
        JsonElement stats = data.GetProperty("stats");
        Assert.Equal(
            ["evalTotalTime", "resultSortTime", "queryPreparationTime", "innerEvalTime", "execQueueTime", "execTotalTime"],
            stats.GetProperty("timings").EnumerateObject().Select(static t => t.Name));
        Assert.All(stats.GetProperty("timings").EnumerateObject(), static t => Assert.True(t.Value.GetDouble() >= 0));
        Assert.Equal(["totalQueryableSamples", "samplesRead", "peakSamples"], stats.GetProperty("samples").EnumerateObject().Select(static t => t.Name));
        Assert.Equal(2, stats.GetProperty("samples").GetProperty("totalQueryableSamples").GetInt64());
        Assert.False((await DataAsync(server, "/api/v1/query?query=1")).TryGetProperty("stats", out _));
    }

    [Fact]
    public async Task Statistics_by_step_need_the_feature_and_the_wish_for_all()
    {
        await using ApiServer server = await ApiServer.StartAsync(RecordedSeries(), hasPerStepStatistics: true);
        const string Query = "/api/v1/query_range?query=max_over_time(g[30s])&start=1700000600&end=1700000615&step=7.5&stats=";
        Assert.Equal(
            "[[1700000600,2],[1700000607.5,2],[1700000615,2]] 6 [[1700000600,2],[1700000607.5,1],[1700000615,0]] 3",
            StepTexts((await DataAsync(server, Query + "all")).GetProperty("stats").GetProperty("samples")));
        Assert.False((await DataAsync(server, Query + "true")).GetProperty("stats").GetProperty("samples").TryGetProperty("samplesReadPerStep", out _));
    }

    [Theory]
    [InlineData("timeout=0", HttpStatusCode.BadRequest, "bad_data")]
    [InlineData("timeout=-5", HttpStatusCode.BadRequest, "bad_data")]
    [InlineData("timeout=1h", HttpStatusCode.OK, null)]
    [InlineData("lookback_delta=0", HttpStatusCode.OK, null)]
    [InlineData("lookback_delta=-1", HttpStatusCode.OK, null)]
    public async Task No_time_is_no_time_and_no_lookback_is_the_servers(string parameter, HttpStatusCode status, string? error)
    {
        await using ApiServer server = await ApiServer.StartAsync(RecordedSeries());
        using HttpResponseMessage response = await server.Http.GetAsync("/api/v1/query?query=g&time=1700000610&" + parameter, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonElement answer = JsonDocument.Parse(text).RootElement;
        Assert.Equal(error, answer.TryGetProperty("errorType", out JsonElement type) ? type.GetString() : null);
        Assert.Equal(error is null, text.Contains("\"value\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_value_of_stats_is_warned_of()
    {
        await using ApiServer server = await ApiServer.StartAsync(new InMemorySeriesSource());
        string text = await server.Http.GetStringAsync("/api/v1/query?query=1&stats=yes", TestContext.Current.CancellationToken);
        Assert.Contains("value \\\"yes\\\" for parameter \\\"stats\\\" is deprecated", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_beyond_the_limit_of_samples_is_an_execution_error()
    {
        await using ApiServer server = await ApiServer.StartAsync(RecordedSeries(), new EngineOptions { MaxSamples = 1 });
        using HttpResponseMessage response = await server.Http.GetAsync("/api/v1/query?query=reqs_total&time=1700000600", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("execution", await ErrorTypeAsync(response));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br, deflate")]
    [InlineData(null)]
    public async Task Long_answers_are_compressed_when_asked_for(string? accepted)
    {
        await using ApiServer server = await ApiServer.StartAsync(ManySeries(5000));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/query_range?query=many&start=1700000000&end=1700000060&step=15");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string? encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        Assert.Equal(accepted?.Split(", ")[^1], encoding);
        await using Stream body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = encoding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using JsonDocument answer = await JsonDocument.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken);
        JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
        Assert.Equal(5000, result.GetArrayLength());
        Assert.All(result.EnumerateArray(), static series => Assert.Equal(5, series.GetProperty("values").GetArrayLength()));
    }

    [Fact]
    public async Task Short_answers_are_not_compressed()
    {
        await using ApiServer server = await ApiServer.StartAsync(new InMemorySeriesSource());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/query?query=1");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using HttpResponseMessage response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_gap_in_a_series_leaves_its_steps_out()
    {
        var source = new InMemorySeriesSource();
        source.Add(Labels.Of("__name__", "gap"), Start, 1.0);
        source.Add(Labels.Of("__name__", "gap"), Start + 900_000, 2.0);
        await using ApiServer server = await ApiServer.StartAsync(source);
        JsonElement data = await DataAsync(server, "/api/v1/query_range?query=gap&start=1700000000&end=1700001200&step=240");
        string[] points = [.. data.GetProperty("result")[0].GetProperty("values").EnumerateArray().Select(static p => p.GetRawText())];
        Assert.Equal(["[1700000000,\"1\"]", "[1700000240,\"1\"]", "[1700000960,\"2\"]"], points);
    }

    [Fact]
    public async Task A_name_in_utf8_is_reached_by_its_escaped_form()
    {
        var source = new InMemorySeriesSource();
        source.Add(Labels.Of("__name__", "m", "http.status/code", "200"), Start, 1.0);
        await using ApiServer server = await ApiServer.StartAsync(source);
        JsonElement data = await DataAsync(server, "/api/v1/label/U__http_2e_status_2f_code/values");
        Assert.Equal("200", Assert.Single(data.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused()
    {
        await using ApiServer server = await ApiServer.StartAsync(new InMemorySeriesSource());
        string form = string.Join('&', Enumerable.Range(0, 10_001).Select(static i => $"a{i}=1"));
        using HttpResponseMessage response = await server.Http.PostAsync(
            "/api/v1/query", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("bad_data", await ErrorTypeAsync(response));
    }

    [Fact]
    public async Task A_deeply_nested_query_is_refused()
    {
        await using ApiServer server = await ApiServer.StartAsync(new InMemorySeriesSource());
        var form = new Dictionary<string, string> { ["query"] = new string('(', 10_000) + "1" + new string(')', 10_000) };
        using HttpResponseMessage response = await server.Http.PostAsync("/api/v1/query", new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("nested more than 2000 levels deep", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_querier_is_given_back()
    {
        InMemorySeriesSource source = RecordedSeries();
        await using ApiServer server = await ApiServer.StartAsync(source);
        foreach (string url in new[] { "query?query=reqs_total", "series?match[]=g", "series?match[]=g&match[]=reqs_total", "labels", "label/job/values", "query?query=sum(" })
        {
            using HttpResponseMessage response = await server.Http.GetAsync("/api/v1/" + url, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, source.OpenQueriers);
    }

    private static async Task<JsonElement> DataAsync(ApiServer server, string url)
    {
        string text = await server.Http.GetStringAsync(url, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    private static async Task<string?> ErrorTypeAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.GetProperty("errorType").GetString();
    }

    // The samples that the real Prometheus was given.
    private static InMemorySeriesSource RecordedSeries()
    {
        var source = new InMemorySeriesSource();
        for (int i = 0; i <= 60; i++)
        {
            source.Add(Labels.Of("__name__", "g", "k", "v"), Start + (i * 15_000) + 250, Extremes[i % Extremes.Length]);
        }

        foreach (string instance in new[] { "x", "y\"q\\", "é" })
        {
            foreach (string job in new[] { "a", "b" })
            {
                for (int i = 0; i <= 60; i++)
                {
                    source.Add(Labels.Of("__name__", "reqs_total", "instance", instance, "job", job), Start + (i * 15_000), i * (job == "a" ? 3.7 : 1e-9));
                }
            }
        }

        return source;
    }

    private static InMemorySeriesSource ManySeries(int count)
    {
        var source = new InMemorySeriesSource();
        for (int i = 0; i < count; i++)
        {
            source.Add(Labels.Of("__name__", "many", "i", i.ToString(CultureInfo.InvariantCulture)), Start, 15_000, 1, 2, 3, 4, 5);
        }

        return source;
    }

    private static bool Contains(JsonNode? expected, JsonNode? actual, bool mayHaveMore) => (expected, actual) switch
    {
        (JsonObject wanted, JsonObject got) => (mayHaveMore || wanted.Count == got.Count)
            && wanted.All(field => got.ContainsKey(field.Key) && Contains(field.Value, got[field.Key], mayHaveMore)),
        (JsonArray wanted, JsonArray got) => wanted.Count == got.Count && wanted.Zip(got).All(pair => Contains(pair.First, pair.Second, mayHaveMore)),
        (null, null) => true,
        (JsonValue wanted, JsonValue got) => wanted.GetValueKind() == JsonValueKind.Number
            ? wanted.GetValue<double>() == got.GetValue<double>()
            : wanted.ToString() == got.ToString(),
        _ => false,
    };
}
