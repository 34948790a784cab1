using System.Net;
using System.Text.Json;
using Pharos.Testing;

namespace Pharos.Server.Tests.Api;

public sealed class RelabelStepsEndpointTests
{
    private const string Config = """
        scrape_configs:
        - job_name: app
          static_configs: [{targets: ["a:1", "b:1"]}]
          relabel_configs:
          - {source_labels: [__address__], regex: "(.*):1", target_label: host}
          - {source_labels: [host], regex: a, action: keep}
          - {target_label: zone, replacement: x}
        """;

    [Fact]
    public async Task Each_step_shows_what_it_makes_of_the_labels_until_one_drops_them()
    {
        using var config = new TempFolder();
        await using RunningServer server = await RunningServer.StartAsync("--config.file=" + config.Write("prometheus.yml", Config));
        Assert.Equal(
            ["""{"__address__":"a:1","host":"a"} True""", """{"__address__":"a:1","host":"a"} True""", """{"__address__":"a:1","host":"a","zone":"x"} True"""],
            await StepsAsync(server, "a:1"));
        Assert.Equal(["""{"__address__":"b:1","host":"b"} True""", "{} False", "{} False"], await StepsAsync(server, "b:1"));
        JsonElement data = await server.DataAsync("/api/v1/targets?state=dropped");
        Assert.Equal("b:1", data.GetProperty("droppedTargets")[0].GetProperty("discoveredLabels").GetProperty("__address__").GetString());
        Assert.Equal(1, data.GetProperty("droppedTargetCounts").GetProperty("app").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?scrapePool=app")]
    [InlineData("?scrapePool=app&labels=x")]
    [InlineData("?scrapePool=app&labels=[]")]
    [InlineData("?scrapePool=app&labels={\"a\":1}")]
    [InlineData("?scrapePool=none&labels={}")]
    public async Task A_bad_question_is_refused(string query)
    {
        using var config = new TempFolder();
        await using RunningServer server = await RunningServer.StartAsync("--config.file=" + config.Write("prometheus.yml", Config));
        using HttpResponseMessage response = await server.GetAsync("/api/v1/targets/relabel_steps" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"errorType\":\"bad_data\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> StepsAsync(RunningServer server, string address)
    {
        string labels = Uri.EscapeDataString($"{{\"__address__\":\"{address}\"}}");
        JsonElement data = await server.DataAsync($"/api/v1/targets/relabel_steps?scrapePool=app&labels={labels}");
        return data.GetProperty("steps").EnumerateArray().Select(static step => $"{step.GetProperty("output").GetRawText()} {step.GetProperty("keep").GetBoolean()}");
    }
}
