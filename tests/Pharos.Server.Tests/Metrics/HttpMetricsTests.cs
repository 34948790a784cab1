using Pharos.Server.Metrics;

namespace Pharos.Server.Tests.Metrics;

public sealed class HttpMetricsTests
{
    [Fact]
    public void A_stream_of_events_counts_as_a_request_and_its_length_is_no_latency()
    {
        var metrics = new HandlerMetrics();
        metrics.Observe(200, TimeSpan.FromSeconds(0.15));
        metrics.Observe(200, null);

        Assert.Equal([(200, 2L)], metrics.Counts);
        Assert.Equal(0.15, metrics.Duration.Sum);
    }
}
