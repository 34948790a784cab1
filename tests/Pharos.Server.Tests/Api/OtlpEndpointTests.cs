using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pharos.Testing;
using Pharos.Testing.Otlp;

namespace Pharos.Server.Tests.Api;

public sealed class OtlpEndpointTests
{
    private const string Flag = "--web.enable-otlp-receiver";
    private const string Path = "/api/v1/otlp/v1/metrics";

    private const string Request =
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}},{"key":"host.name","value":{"stringValue":"h"}}]},"scopeMetrics":[{"metrics":[
          {"name":"http.requests","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":"7","attributes":[{"key":"http.method","value":{"stringValue":"GET"}}]}]}},
          {"name":"empty","gauge":{}}]}]}]}
        """;

    [Fact]
    public async Task Without_the_flag_it_is_not_there_and_says_how_it_would_be()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (HttpStatusCode status, string text) = await SendAsync(server, "application/json", "{}"u8.ToArray());
        Assert.Equal((HttpStatusCode.NotFound, "otlp write receiver needs to be enabled with --web.enable-otlp-receiver\n"), (status, text));
        Assert.False((await server.DataAsync("/api/v1/features")).GetProperty("api").GetProperty("otlp_write_receiver").GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_acknowledged_can_be_asked_for_at_once_and_is_counted(bool asJson)
    {
        await using RunningServer server = await RunningServer.StartAsync(Flag);
        string json = Now(Request);
        (HttpStatusCode, string) answer = asJson
            ? await SendAsync(server, "application/json", Encoding.UTF8.GetBytes(json))
            : await SendAsync(server, "application/x-protobuf", OtlpProto.FromJson(json));

        Assert.Equal((HttpStatusCode.OK, ""), answer);
        Assert.Equal(
            """[{"metric":{"__name__":"http_requests_total","http_method":"GET","job":"api"},"value":"7"},{"metric":{"__name__":"target_info","host_name":"h","job":"api"},"value":"1"}]""",
            await ValuesAsync(server, "{job=\"api\"}"));
        string metrics = await server.TextAsync("/metrics");
        Assert.Contains("prometheus_api_otlp_translation_warnings_total{category=\"empty_data_points\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("prometheus_api_otlp_out_of_order_exemplars_total 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("pharos_otlp_samples_total 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("warnings=\"empty data points. empty is dropped\"", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_says_how_names_are_made_and_a_reload_changes_it()
    {
        using var configs = new TempFolder();
        string file = configs.Write("prometheus.yml", "otlp: {translation_strategy: NoTranslation}");
        await using RunningServer server = await RunningServer.StartAsync(Flag, "--config.file=" + file);
        await SendAsync(server, "application/json", Encoding.UTF8.GetBytes(Now(Request)));
        configs.Write("prometheus.yml", "otlp: {promote_resource_attributes: [host.name]}");
        Assert.Null(await server.Server.ReloadAsync(TestContext.Current.CancellationToken));
        await SendAsync(server, "application/json", Encoding.UTF8.GetBytes(Now(Request)));

        Assert.Equal("""[{"metric":{"__name__":"http.requests","http.method":"GET","job":"api"},"value":"7"}]""", await ValuesAsync(server, "{\"http.requests\"}"));
        Assert.Equal("""[{"metric":{"__name__":"http_requests_total","host_name":"h","http_method":"GET","job":"api"},"value":"7"}]""", await ValuesAsync(server, "http_requests_total"));
    }

    [Fact]
    public async Task Deltas_are_taken_behind_upstreams_feature_alone()
    {
        string json = Now(Request).Replace("\"aggregationTemporality\":2", "\"aggregationTemporality\":1", StringComparison.Ordinal);
        await using (RunningServer server = await RunningServer.StartAsync(Flag))
        {
            Assert.Equal(
                (HttpStatusCode.InternalServerError, "invalid temporality and type combination for metric \"http.requests\"\n"),
                await SendAsync(server, "application/json", Encoding.UTF8.GetBytes(json)));
            Assert.Contains("pharos_otlp_requests_refused_total 1\n", await server.TextAsync("/metrics"), StringComparison.Ordinal);
        }

        await using RunningServer taking = await RunningServer.StartAsync(Flag, "--enable-feature=otlp-native-delta-ingestion");
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(taking, "application/json", Encoding.UTF8.GetBytes(json)));
        Assert.True((await taking.DataAsync("/api/v1/features")).GetProperty("otlp_receiver").GetProperty("native_delta_ingestion").GetBoolean());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_and_the_server_goes_on()
    {
        await using RunningServer server = await RunningServer.StartAsync(Flag);
        (HttpStatusCode status, string text) = await SendAsync(server, "application/x-protobuf", new byte[33 * 1024 * 1024]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "the request body is larger than the limit of 33554432 bytes\n"), (status, text));
        Assert.Equal("Prometheus Server is Healthy.\n", await server.TextAsync("/-/healthy"));
    }

    private static string Now(string request) =>
        request.Replace("NOW", $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}000000", StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(RunningServer server, string type, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, Path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    // Without the times, sorted by name.
    private static async Task<string> ValuesAsync(RunningServer server, string query)
    {
        JsonElement result = (await server.DataAsync("/api/v1/query?query=" + Uri.EscapeDataString(query))).GetProperty("result");
        IEnumerable<string> series = result.EnumerateArray().Select(static s => $"{{\"metric\":{s.GetProperty("metric").GetRawText()},\"value\":{s.GetProperty("value")[1].GetRawText()}}}");
        return $"[{string.Join(',', series.Order(StringComparer.Ordinal))}]";
    }
}
