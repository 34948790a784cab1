using System.Buffers;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Server.Federation;

namespace Pharos.Server.Tests.Federation;

public sealed class FamilyWriterTests
{
    private static readonly FloatHistogram Custom = new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        Count = 10,
        Sum = 12.5,
        CustomValues = [0.5, 1, 2, 4],
        PositiveSpans = [new BucketSpan(1, 1), new BucketSpan(1, 2)],
        PositiveBuckets = [2, 3, 5],
    };

    private static readonly FloatHistogram Exponential = new()
    {
        Schema = 1,
        Count = 3,
        Sum = -2,
        ZeroThreshold = 0.25,
        ZeroCount = 1,
        NegativeSpans = [new BucketSpan(-1, 1)],
        NegativeBuckets = [2],
    };

    [Fact]
    public void Custom_buckets_become_classic_ones_in_text()
    {
        string text = Encoding.UTF8.GetString(Write(new TextFamilyWriter(new FederationFormat(false, NameEscaping.Underscores)), FamilyType.Histogram, Custom));

        Assert.Equal(
            """
            # TYPE h histogram
            h_bucket{job="a",le="0.5"} 0 7
            h_bucket{job="a",le="1"} 2 7
            h_bucket{job="a",le="2"} 2 7
            h_bucket{job="a",le="4"} 5 7
            h_bucket{job="a",le="+Inf"} 10 7
            h_sum{job="a"} 12.5 7
            h_count{job="a"} 10 7

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Exponential_buckets_are_native_in_protobuf()
    {
        byte[] bytes = Write(new ProtobufFamilyWriter(new FederationFormat(true, NameEscaping.Underscores)), FamilyType.GaugeHistogram, Exponential);

        string histogram = "11" + Double(-2) + "21" + Double(3) + "2802" + "31" + Double(0.25) + "41" + Double(1) + "4A04" + "08011001" + "59" + Double(2);
        string metric = "0A08" + "0A036A6F62120161" + "3007" + "3A" + Length(histogram) + histogram;
        string family = "0A0168" + "1805" + "22" + Length(metric) + metric;
        Assert.Equal(Length(family) + family, Convert.ToHexString(bytes));
    }

    [Fact]
    public void Custom_buckets_become_classic_ones_in_protobuf()
    {
        byte[] bytes = Write(new ProtobufFamilyWriter(new FederationFormat(true, NameEscaping.Underscores)), FamilyType.Histogram, Custom);

        string bucket = "1A12" + "11" + Double(4) + "21" + Double(5);
        Assert.Contains(bucket + "21" + Double(10), Convert.ToHexString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false, "underscores")]
    [InlineData("*/*", false, "underscores")]
    [InlineData("text/plain;version=9", false, "underscores")]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", false, "underscores")]
    [InlineData("text/plain;q=0.2,application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited;escaping=allow-utf-8", true, "allow-utf-8")]
    [InlineData("text/plain,application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited", false, "underscores")]
    [InlineData("text/plain;escaping=nonsense", false, "underscores")]
    public void The_format_is_what_the_client_likes_best(string accept, bool isProtobuf, string escaping)
    {
        FederationFormat format = FederationFormat.Choose(accept);

        Assert.Equal(isProtobuf, format.IsProtobuf);
        Assert.EndsWith("; escaping=" + escaping, format.ContentType, StringComparison.Ordinal);
    }

    private static byte[] Write(IFamilyWriter writer, FamilyType type, FloatHistogram histogram)
    {
        var output = new ArrayBufferWriter<byte>();
        writer.Begin(output, "h", type);
        writer.Write(output, [new Label("job", "a")], new FederatedSample(Labels.Empty, 7, 0, histogram));
        writer.End(output);
        return output.WrittenSpan.ToArray();
    }

    private static string Double(double value) => Convert.ToHexString(BitConverter.GetBytes(value));

    private static string Length(string hex) => (hex.Length / 2).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
}
