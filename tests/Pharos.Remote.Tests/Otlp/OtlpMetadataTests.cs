using System.Buffers;
using System.Net;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Otlp;

public sealed class OtlpMetadataTests
{
    private const string Metrics = """
        {"name":"requests","unit":"By/s","description":"How many.","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","asInt":1}]}},
        {"name":"latency","unit":"ms","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":"1","bucketCounts":["1"],"explicitBounds":[]}]}},
        {"name":"gone","gauge":{"dataPoints":[{"timeUnixNano":"NOW","asInt":1,"flags":1}]}}
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_said_about_a_metric_goes_with_all_its_series_where_it_is_kept(bool keeps)
    {
        var store = new InMemoryAppender();
        var metadata = new RecordingMetadata { KeepsMetadata = keeps };
        OtlpReceiver receiver = new(
            store, static () => new OtlpConfig(), new OtlpOptions(), new OtlpLimits(), new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(OtlpRig.Now)), null, metadata);
        string resource = OtlpRig.Attribute("service.name", "a") + "," + OtlpRig.Attribute("host", "h");
        OtlpResponse response = receiver.Receive("application/json", null, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(OtlpRig.Request(Metrics, resource))));

        Assert.Equal(HttpStatusCode.OK, response.Status);
        IReadOnlyList<Labels> series = store.Series;
        IEnumerable<string> found = metadata.Metadata.Select(m => $"{series[(int)m.Series.Value - 1].MetricName} {m.Type} {m.Unit} {m.Help}");
        Assert.Equal(
            keeps
                ? [
                    "requests_bytes_per_second_total Counter bytes_per_second How many.",
                    "latency_milliseconds_count Histogram milliseconds ",
                    "latency_milliseconds_bucket Histogram milliseconds ",
                    "target_info Gauge  Target metadata",
                ]
                : [],
            found);
    }
}
