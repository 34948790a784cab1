using System.Buffers;
using System.Text;
using Pharos.Server.Metrics;

namespace Pharos.Server.Tests.Metrics;

public sealed class MetricWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [Fact]
    public void A_family_has_its_help_its_type_and_its_samples()
    {
        var writer = new MetricWriter(_output);
        writer.Family("requests_total", MetricKind.Counter, "All\nof \\ them.");
        writer.Sample(3, ("code", "200"), ("path", "a\"b\\c\n"));
        writer.Gauge("load", "Load.", 0.25);
        Assert.Equal(
            "# HELP requests_total All\\nof \\\\ them.\n# TYPE requests_total counter\nrequests_total{code=\"200\",path=\"a\\\"b\\\\c\\n\"} 3\n"
            + "# HELP load Load.\n# TYPE load gauge\nload 0.25\n",
            Written);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(1e300, "1e+300")]
    [InlineData(-0.1, "-0.1")]
    public void Numbers_are_written_in_full(double value, string expected)
    {
        new MetricWriter(_output).Gauge("x", "X.", value);
        Assert.EndsWith($"\nx {expected}\n", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_is_cumulative()
    {
        var histogram = new Histogram([1, 2.5]);
        histogram.Observe(1);
        histogram.Observe(2);
        histogram.Observe(10);
        var writer = new MetricWriter(_output);
        writer.Family("t", MetricKind.Histogram, "T.");
        writer.Histogram(histogram, ("handler", "/"));
        Assert.EndsWith(
            "t_bucket{handler=\"/\",le=\"1\"} 1\nt_bucket{handler=\"/\",le=\"2.5\"} 2\nt_bucket{handler=\"/\",le=\"+Inf\"} 3\nt_sum{handler=\"/\"} 13\nt_count{handler=\"/\"} 3\n",
            Written, StringComparison.Ordinal);
    }
}
