using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Pharos.Testing;
using Pharos.Testing.Otlp;
using Pharos.Testing.Processes;

namespace Pharos.Acceptance.Tests;

/// <summary>
/// OTLP from the real OpenTelemetry SDK for .NET. Debian's Prometheus is built without its receiver of OTLP, so what it makes of the same bytes cannot be asked; VictoriaMetrics, which
/// follows the same naming rules, stands for it where both mean the same.
/// </summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task What_the_sdk_for_dotnet_sends_can_be_queried()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(
            folder, "storage: {exemplars: {max_exemplars: 100}}", "--web.enable-otlp-receiver", "--enable-feature=exemplar-storage,native-histograms");
        using (var meter = new Meter("shop.orders", "1.2"))
        {
            using MeterProvider provider = Provider(meter, pharos.Address);
            Measure(meter);
            Assert.True(provider.ForceFlush(10_000));
        }

        JsonElement answer = await pharos.Api.QueryAsync("{job=\"demo/shop\"}");
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (JsonElement series in answer.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            string labels = string.Join(',', series.GetProperty("metric").EnumerateObject().Where(static m => m.Name is not ("job" or "instance") && !m.Name.StartsWith("telemetry", StringComparison.Ordinal)).Select(static m => $"{m.Name}={m.Value.GetString()}"));
            found.Add(labels, series.TryGetProperty("value", out JsonElement value) ? value[1].GetString()! : series.GetProperty("histogram")[1].GetProperty("count").GetString()!);
        }

        Assert.Equal("7", found["__name__=orders_placed_total,pay_method=card"]);
        Assert.Equal("2", found["__name__=orders_placed_total,pay_method=cash"]);
        Assert.Equal("-3", found["__name__=queue_length"]);
        Assert.Equal("21.5", found["__name__=room_temperature_celsius"]);
        Assert.Equal("3", found["__name__=order_value_EUR_count"]);
        Assert.Equal("61.5", found["__name__=order_value_EUR_sum"]);
        Assert.Equal("1", found["__name__=order_value_EUR_bucket,le=10"]);
        Assert.Equal("3", found["__name__=order_value_EUR_bucket,le=+Inf"]);
        Assert.Equal("4", found["__name__=request_duration_seconds"]);
        Assert.Equal("1", found["__name__=target_info,host_name=h1"]);
        Assert.Equal(0.75, await pharos.Api.NumberAsync("histogram_sum(request_duration_seconds)"));
        JsonElement exemplars = await pharos.Api.GetAsync("/api/v1/query_exemplars?query=orders_placed_total");
        Assert.Contains("trace_id", exemplars.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VictoriaMetrics_makes_the_same_series_of_the_same_bytes()
    {
        using var folder = new TempFolder();
        await using ServerProcess pharos = await ServerProcess.StartPharosAsync(folder, "global: {}", "--web.enable-otlp-receiver");
        int port = FreePort.Next();
        await using ChildProcess victoria = ChildProcess.Start(
            Peers.Program("victoria-metrics"),
            ["-httpListenAddr=127.0.0.1:" + port, "-storageDataPath=" + folder.File("victoria"), "-opentelemetry.usePrometheusNaming", "-search.latencyOffset=0s", "-retentionPeriod=100y"],
            folder.Path);
        using var api = new PrometheusApi(new Uri($"http://127.0.0.1:{port}"));
        await Until.TrueAsync("VictoriaMetrics", async () => (await api.Http.GetAsync("/health")).IsSuccessStatusCode, () => victoria.Output);

        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        byte[] body = OtlpProto.FromJson(Plain(now));
        await SendAsync(pharos.Api.Http, "/api/v1/otlp/v1/metrics", body);
        await SendAsync(api.Http, "/opentelemetry/v1/metrics", body);

        string[] expected = [];
        await Until.TrueAsync("the series to be searched", async () => (expected = await EverythingAsync(api, now)).Length > 0, () => victoria.Output);
        Assert.True(expected.Length > 15, string.Join('\n', expected));
        Assert.Equal(expected, await EverythingAsync(pharos.Api, now));
    }

    private static MeterProvider Provider(Meter meter, Uri server) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(meter.Name)
        .SetExemplarFilter(ExemplarFilterType.TraceBased)
        .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("shop", "demo", serviceInstanceId: "i-1").AddAttributes([new("host.name", "h1")]))
        .AddView("request.duration", new Base2ExponentialBucketHistogramConfiguration())
        .AddView("order.value", new ExplicitBucketHistogramConfiguration { Boundaries = [10, 30] })
        .AddOtlpExporter(options =>
        {
            options.Endpoint = new Uri(server, "/api/v1/otlp/v1/metrics");
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
        })
        .Build();

    private static void Measure(Meter meter)
    {
        using var source = new ActivitySource("shop");
        using var listener = new ActivityListener { ShouldListenTo = static _ => true, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using Activity? activity = source.StartActivity("order");
        Counter<long> placed = meter.CreateCounter<long>("orders.placed", "{orders}");
        placed.Add(7, new KeyValuePair<string, object?>("pay.method", "card"));
        placed.Add(2, new KeyValuePair<string, object?>("pay.method", "cash"));
        meter.CreateUpDownCounter<int>("queue.length").Add(-3);
        meter.CreateObservableGauge("room.temperature", static () => 21.5, "Cel");
        Histogram<double> values = meter.CreateHistogram<double>("order.value", "EUR");
        Histogram<double> durations = meter.CreateHistogram<double>("request.duration", "s");
        foreach (double value in (double[])[9.5, 12, 40])
        {
            values.Record(value);
        }

        foreach (double duration in (double[])[0.05, 0.1, 0.2, 0.4])
        {
            durations.Record(duration);
        }
    }

    // Gauges, sums, histograms and summaries, with names and units whose translation both share.
    private static string Plain(long now)
    {
        string time = $"{now}000000000";
        string metrics = """
            {"name":"cpu.load","gauge":{"dataPoints":[{"timeUnixNano":"NOW","asDouble":0.5,"attributes":[{"key":"cpu.id","value":{"stringValue":"a b"}}]},{"timeUnixNano":"NOW","asInt":"-7"}]}},
            {"name":"disk.used","unit":"By","gauge":{"dataPoints":[{"timeUnixNano":"NOW","asInt":"123456789012"}]}},
            {"name":"requests","unit":"{requests}","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":"5","attributes":[{"key":"code","value":{"intValue":"200"}}]}]}},
            {"name":"cpu.time","unit":"s","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asDouble":1e9}]}},
            {"name":"open.files","sum":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":"3"}]}},
            {"name":"io.rate","unit":"By/s","gauge":{"dataPoints":[{"timeUnixNano":"NOW","asDouble":1.25}]}},
            {"name":"latency","unit":"ms","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":"6","sum":12.5,"bucketCounts":["1","2","3"],"explicitBounds":[0.5,10]}]}},
            {"name":"rpc","summary":{"dataPoints":[{"timeUnixNano":"NOW","count":"6","sum":2,"quantileValues":[{"quantile":0.5,"value":1},{"quantile":1,"value":4}]}]}}
            """.Replace("NOW", time, StringComparison.Ordinal);
        return """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[METRICS]}]}]}""".Replace("METRICS", metrics, StringComparison.Ordinal);
    }

    private static async Task SendAsync(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using HttpResponseMessage response = await client.PostAsync(path, content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string[]> EverythingAsync(PrometheusApi api, long now)
    {
        JsonElement answer = await api.QueryAsync("{__name__!=\"\"}", now + 1);
        return
        [
            .. answer.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(static s => (Labels: string.Join(',', s.GetProperty("metric").EnumerateObject().OrderBy(static m => m.Name, StringComparer.Ordinal).Select(static m => $"{m.Name}={m.Value.GetString()}")), Value: s.GetProperty("value")[1].GetString()!))
                .Where(static s => !s.Labels.Contains("job=", StringComparison.Ordinal))
                .Select(static s => $"{s.Labels} {double.Parse(s.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
