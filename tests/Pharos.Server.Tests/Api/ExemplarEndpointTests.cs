using System.Net;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

public sealed class ExemplarEndpointTests
{
    private static readonly string[] Flags = ["--web.enable-remote-write-receiver", "--enable-feature=exemplar-storage"];

    [Fact]
    public async Task Exemplars_of_what_an_expression_selects_have_upstreams_form()
    {
        await using RunningServer server = await RunningServer.StartAsync(Flags);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds() * 1000;
        await WriteAsync(server, now);

        string answer = await server.TextAsync("/api/v1/query_exemplars?query=rate(hits_total[5m])%20-%20absent");
        Assert.Equal(
            "{\"status\":\"success\",\"data\":[{\"seriesLabels\":{\"__name__\":\"hits_total\",\"job\":\"j\"},\"exemplars\":["
            + $"{{\"labels\":{{\"trace_id\":\"\\\"7\\\"\"}},\"value\":\"0.5\",\"timestamp\":{now / 1000}.001}},"
            + $"{{\"labels\":{{}},\"value\":\"NaN\",\"timestamp\":{now / 1000}.002}}]}}]}}",
            answer);
        Assert.Equal(0, (await server.DataAsync("/api/v1/query_exemplars?query=other")).GetArrayLength());
        Assert.Equal(0, (await server.DataAsync($"/api/v1/query_exemplars?query=hits_total&start={(now / 1000) + 1}")).GetArrayLength());
        using HttpResponseMessage nothing = await server.GetAsync("/api/v1/query_exemplars?query=1%2B1");
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Theory]
    [InlineData("query=hits_total&start=x", "invalid parameter \"start\": invalid time value for 'start': cannot parse \"x\" to a valid timestamp")]
    [InlineData("query=hits_total&start=2&end=1", "end timestamp must not be before start timestamp")]
    [InlineData("query=hits_total%7B", "1:12: parse error: unexpected end of input inside braces")]
    [InlineData("", "unknown position: parse error: no expression found in input")]
    public async Task Wrong_parameters_are_refused_as_upstream_refuses_them(string query, string error)
    {
        await using RunningServer server = await RunningServer.StartAsync(Flags);
        using HttpResponseMessage response = await server.GetAsync("/api/v1/query_exemplars?" + query);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, "bad_data", error), (response.StatusCode, answer.GetProperty("errorType").GetString(), answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Without_the_feature_there_are_none_and_the_features_say_so()
    {
        await using RunningServer server = await RunningServer.StartAsync("--web.enable-remote-write-receiver");
        await WriteAsync(server, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

        Assert.Equal(0, (await server.DataAsync("/api/v1/query_exemplars?query=hits_total")).GetArrayLength());
        Assert.False((await server.DataAsync("/api/v1/features")).GetProperty("tsdb").GetProperty("exemplar_storage").GetBoolean());
        Assert.Contains("prometheus_tsdb_exemplar_max_exemplars 0\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_changes_how_many_are_kept()
    {
        using var configs = new TempFolder();
        string file = configs.Write("prometheus.yml", "storage: {exemplars: {max_exemplars: 5}}");
        await using RunningServer server = await RunningServer.StartAsync([.. Flags, "--config.file=" + file]);
        await WriteAsync(server, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        string before = await server.TextAsync("/metrics");
        Assert.Contains("prometheus_tsdb_exemplar_max_exemplars 5\n", before, StringComparison.Ordinal);
        Assert.Contains("prometheus_tsdb_exemplar_exemplars_in_storage 2\n", before, StringComparison.Ordinal);

        configs.Write("prometheus.yml", "storage: {exemplars: {max_exemplars: 1}}");
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        string after = await server.TextAsync("/metrics");
        Assert.Contains("prometheus_tsdb_exemplar_max_exemplars 1\n", after, StringComparison.Ordinal);
        Assert.Contains("prometheus_tsdb_exemplar_exemplars_in_storage 1\n", after, StringComparison.Ordinal);
        Assert.Contains("prometheus_tsdb_exemplar_exemplars_appended_total 2\n", after, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(RunningServer server, long now)
    {
        byte[] body = new WriteRequestBuilder()
            .AddWithExemplars(["__name__", "hits_total", "job", "j"], [(now, 1)], (["trace_id", "\"7\""], 0.5, now + 1), ([], double.NaN, now + 2))
            .ToBody();
        using HttpResponseMessage response = await WriteRequests.SendAsync(server, body);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
