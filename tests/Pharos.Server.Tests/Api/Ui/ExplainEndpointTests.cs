using System.Text.Json;
using Pharos.Core.Labels;

namespace Pharos.Server.Tests.Api.Ui;

public class ExplainEndpointTests
{
    private static readonly string[] Selector = ["id", "depth", "kind", "title", "text", "place", "type", "series", "points", "samples", "selfMs", "totalMs"];

    [Fact]
    public async Task A_query_at_one_time_is_told_node_by_node()
    {
        await using UiHost host = await StartAsync();
        JsonElement answer = await AskAsync(host, $"query={Uri.EscapeDataString("sum by (job) (rate(requests_total[5m]))")}&time={host.Now}");
        Assert.Equal("sum by (job) (rate(requests_total[5m]))", answer.GetProperty("query").GetString());
        Assert.Equal("""{"type":"vector","series":1,"points":1}""", answer.GetProperty("result").GetRawText());
        Assert.Equal(40, answer.GetProperty("samples").GetInt64());
        Assert.Equal(host.Now, answer.GetProperty("asOf").GetInt64());
        JsonElement[] nodes = [.. answer.GetProperty("nodes").EnumerateArray()];
        Assert.Equal(["aggregation", "function", "rangeSelector"], nodes.Select(static n => n.GetProperty("kind").GetString()));
        Assert.Equal(["sum by (job)", "rate", "requests_total[5m]"], nodes.Select(static n => n.GetProperty("title").GetString()));
        Assert.Equal([1, 2, 2], nodes.Select(static n => n.GetProperty("series").GetInt32()));
        Assert.Equal((1, 2, 40, """{"offset":19,"length":18}"""), (nodes[2].GetProperty("parent").GetInt32(), nodes[2].GetProperty("depth").GetInt32(), nodes[2].GetProperty("samples").GetInt32(), nodes[2].GetProperty("place").GetRawText()));
        Assert.False(answer.TryGetProperty("empty", out _));
    }

    [Fact]
    public async Task What_is_not_known_is_left_out()
    {
        await using UiHost host = await StartAsync();
        JsonElement node = (await AskAsync(host, "query=requests_total")).GetProperty("nodes")[0];
        Assert.Equal(Selector, node.EnumerateObject().Select(static p => p.Name));
    }

    [Fact]
    public async Task A_query_over_a_range_is_asked_in_the_address_or_in_a_body()
    {
        await using UiHost host = await StartAsync();
        JsonElement read = await AskAsync(host, $"query=requests_total&from={host.Now - 600_000}&to={host.Now}&step=60000");
        (int status, JsonElement sent) = await host.Browser.AskAsync(
            HttpMethod.Post, "/api/pharos/v1/explain", new { query = "requests_total", from = host.Now - 600_000, to = host.Now, step = 60_000 });
        Assert.Equal(200, status);
        Assert.Equal("""{"type":"matrix","series":2,"points":22}""", read.GetProperty("result").GetRawText());
        Assert.Equal(read.GetProperty("result").GetRawText(), sent.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task An_empty_answer_says_which_node_lost_everything_and_why()
    {
        await using UiHost host = await StartAsync();
        JsonElement answer = await AskAsync(host, "query=sum(rate(request_total[5m]))");
        JsonElement empty = answer.GetProperty("empty");
        Assert.Equal((2, 0), (empty.GetProperty("node").GetInt32(), empty.GetProperty("note").GetInt32()));
        Assert.Equal(
            """{"kind":"unknownMetric","text":"No series has the name request_total; there is requests_total.","cause":true,"value":"request_total","nearest":["requests_total"]}""",
            answer.GetProperty("nodes")[2].GetProperty("notes")[0].GetRawText());
    }

    [Fact]
    public async Task A_join_that_loses_series_says_which_and_what_would_help()
    {
        await using UiHost host = await StartAsync();
        JsonElement join = (await AskAsync(host, $"query={Uri.EscapeDataString("requests_total / limit")}")).GetProperty("nodes")[0].GetProperty("notes")[0].GetProperty("join");
        Assert.Equal(
            """{"left":2,"leftLost":2,"right":1,"rightLost":1,"leftExample":{"__name__":"requests_total","instance":"1","job":"api"},"rightExample":{"__name__":"limit","job":"api"}"""
                + ""","onlyLeft":["instance"],"onlyRight":[],"differ":[],"suggestion":{"text":"on (job) group_left ()","matches":2}}""",
            join.GetRawText());
    }

    [Theory]
    [InlineData("rate(requests_total[15s])", """{"kind":"tooFewSamples","cause":true,"rangeMs":15000,"intervalMs":15000,"suggestedMs":60000,"count":2}""")]
    [InlineData("limit > 100", """{"kind":"filtered","cause":true,"least":7,"greatest":7}""")]
    [InlineData("limit{team=\"x\"}", """{"kind":"unknownLabel","cause":true,"label":"team","nearest":["job"]}""")]
    [InlineData("limit{job=~'apis'}", """{"kind":"unknownValue","cause":true,"label":"job","value":"apis","matcher":"job=~\"apis\"","nearest":["api"]}""")]
    [InlineData("absent(limit)", """{"kind":"present","cause":true,"count":1}""")]
    public async Task Each_note_has_its_members(string query, string expected)
    {
        await using UiHost host = await StartAsync();
        JsonElement answer = await AskAsync(host, $"query={Uri.EscapeDataString(query)}");
        JsonElement empty = answer.GetProperty("empty");
        JsonElement note = answer.GetProperty("nodes")[empty.GetProperty("node").GetInt32()].GetProperty("notes")[empty.GetProperty("note").GetInt32()];
        Assert.Equal(expected, "{" + string.Join(',', note.EnumerateObject().Where(static p => p.Name != "text").Select(static p => $"\"{p.Name}\":{p.Value.GetRawText()}")) + "}");
    }

    [Fact]
    public async Task What_is_no_query_is_refused_with_its_place_in_characters()
    {
        await using UiHost host = await StartAsync();
        (int status, JsonElement answer) = await host.Browser.GetAsync($"/api/pharos/v1/explain?query={Uri.EscapeDataString("\"ü\" + sum(")}");
        JsonElement error = answer.GetProperty("error");
        Assert.Equal((400, "The query is not PromQL."), (status, error.GetProperty("message").GetString()));
        Assert.Equal(10, error.GetProperty("place").GetProperty("offset").GetInt32());
    }

    [Fact]
    public async Task A_query_that_fails_while_it_runs_is_told_up_to_there()
    {
        await using UiHost host = await StartAsync();
        JsonElement answer = await AskAsync(host, $"query={Uri.EscapeDataString("sum(requests_total * on (job) requests_total)")}");
        Assert.Equal("The query cannot be answered.", answer.GetProperty("error").GetProperty("message").GetString());
        Assert.Contains("many-to-many", answer.GetProperty("error").GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.False(answer.TryGetProperty("result", out _));
        Assert.True(answer.GetProperty("nodes")[1].GetProperty("failed").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("query=up&time=now")]
    [InlineData("query=up&time=1&time=2")]
    [InlineData("query=up&from=0")]
    [InlineData("query=up&from=0&to=1000&step=0")]
    [InlineData("query=up&from=1000&to=0&step=15")]
    [InlineData("query=up&from=0&to=1000&step=15&time=0")]
    [InlineData("query=up&from=0&to=11002&step=1")]
    [InlineData("query=up&time=1e300")]
    public async Task A_request_that_cannot_be_meant_is_refused(string parameters)
    {
        await using UiHost host = await StartAsync();
        (int status, JsonElement answer) = await host.Browser.GetAsync($"/api/pharos/v1/explain?{parameters}");
        Assert.Equal(400, status);
        Assert.NotEmpty(answer.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Nobody_who_may_not_read_is_told_anything()
    {
        await using UiHost host = await UiHost.StartAsync("--web.auth=required");
        (int status, _) = await host.Browser.GetAsync("/api/pharos/v1/explain?query=up");
        Assert.Equal(401, status);
    }

    private static async Task<UiHost> StartAsync()
    {
        UiHost host = await UiHost.StartAsync();
        host.AddSeries(Labels.Of("__name__", "requests_total", "job", "api", "instance", "1"), static i => i);
        host.AddSeries(Labels.Of("__name__", "requests_total", "job", "api", "instance", "2"), static i => 2 * i);
        host.AddSeries(Labels.Of("__name__", "limit", "job", "api"), static _ => 7);
        return host;
    }

    private static async Task<JsonElement> AskAsync(UiHost host, string parameters)
    {
        (int status, JsonElement answer) = await host.Browser.GetAsync($"/api/pharos/v1/explain?{parameters}");
        Assert.Equal(200, status);
        return answer;
    }
}
