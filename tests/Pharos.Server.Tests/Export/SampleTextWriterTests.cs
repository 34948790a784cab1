using System.Buffers;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Server.Export;

namespace Pharos.Server.Tests.Export;

public sealed class SampleTextWriterTests
{
    private static readonly Labels Up = Labels.Of("__name__", "up", "job", "a\"b\\c\nd", "z", "é");

    [Fact]
    public void OpenMetrics_lines_are_those_of_promtool()
    {
        string text = Write(new OpenMetricsSampleWriter(), (Labels.Of("__name__", "up", "instance", "a:9100", "job", "node"), 1_795_132_800_123, 1_000_000), (Labels.Of("__name__", "x"), -1, 0.1));

        Assert.Equal("up{instance=\"a:9100\",job=\"node\"} 1e+06 1795132800.123\nx{} 0.1 -0.001\n# EOF\n", text);
    }

    [Fact]
    public void OpenMetrics_escapes_what_the_format_escapes_and_quotes_other_names()
    {
        string text = Write(new OpenMetricsSampleWriter(), (Up, 0, double.NaN), (Labels.Of("__name__", "a.b", "c d", "v"), 1000, double.NegativeInfinity), (Labels.Of("__name__", "a.b"), 1, 2));

        Assert.Equal("up{job=\"a\\\"b\\\\c\\nd\",z=\"é\"} NaN 0.000\n{\"a.b\",\"c d\"=\"v\"} -Inf 1.000\n{\"a.b\"} 2 0.001\n# EOF\n", text);
    }

    [Fact]
    public void Csv_quotes_fields_and_tells_staleness_markers_from_other_values()
    {
        string text = Write(new CsvSampleWriter(), (Up, 1500, Staleness.Marker), (Labels.Of("__name__", "x"), 2, double.NaN));

        Assert.Equal("name,labels,timestamp,value\nup,\"{job=\"\"a\\\"\"b\\\\c\\nd\"\", z=\"\"é\"\"}\",1.500,stale\nx,{},0.002,NaN\n", text);
    }

    [Fact]
    public void Only_csv_has_a_form_for_native_histograms()
    {
        var histogram = new FloatHistogram { Count = 3, Sum = 2.5, ZeroThreshold = 0.001, ZeroCount = 1, PositiveSpans = [new BucketSpan(0, 1)], PositiveBuckets = [2] };
        var output = new ArrayBufferWriter<byte>();
        var openMetrics = new OpenMetricsSampleWriter();
        openMetrics.BeginSeries(Labels.Of("__name__", "h"));
        Assert.False(openMetrics.TryWrite(output, 1000, histogram));
        Assert.Equal(0, output.WrittenCount);

        var csv = new CsvSampleWriter();
        csv.BeginSeries(Labels.Of("__name__", "h"));
        Assert.True(csv.TryWrite(output, 1000, histogram));
        Assert.True(csv.TryWrite(output, 2000, new FloatHistogram { Sum = Staleness.Marker }));
        Assert.Equal("h,{},1.000,\"{count:3, sum:2.5, [-0.001,0.001]:1, (0.5,1]:2}\"\nh,{},2.000,stale\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(long.MinValue, "-9223372036854775.808")]
    [InlineData(long.MaxValue, "9223372036854775.807")]
    [InlineData(999, "0.999")]
    public void Seconds_are_exact(long milliseconds, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        SampleText.WriteSeconds(output, milliseconds);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Write(ISampleTextWriter writer, params (Labels Labels, long Timestamp, double Value)[] samples)
    {
        var output = new ArrayBufferWriter<byte>();
        writer.Begin(output);
        foreach ((Labels labels, long timestamp, double value) in samples)
        {
            writer.BeginSeries(labels);
            writer.Write(output, timestamp, value);
        }

        writer.End(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
