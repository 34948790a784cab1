using System.Buffers;
using System.Text;
using System.Text.Json;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.Server.Api.Ui;
using Pharos.PromQL.Sources;

namespace Pharos.Server.Tests.Api.Ui;

/// <summary>Native histograms in a batch: the newest of each series, and how many there are.</summary>
public class BatchHistogramTests
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public async Task A_series_of_histograms_has_no_numbers_and_the_newest_histogram()
    {
        var series = new InMemorySeriesSource();
        series.Add(Labels.Of("__name__", "h"), Start, Histogram(1));
        series.Add(Labels.Of("__name__", "h"), Start + 15_000, Histogram(2));
        (JsonElement[] rows, long points) = await WriteAsync(series, "h");
        Assert.Equal("[null,null,null]", rows[0].GetProperty("values").GetRawText());
        Assert.Equal(
            """{"values":3,"step":2,"count":7.5,"sum":2,"buckets":[[1,-2,-1,2],[3,-0.001,0.001,1],[0,1,2,4],[0,4,8,0.5]]}""",
            rows[0].GetProperty("histogram").GetRawText());
        Assert.Equal(3, points);
    }

    [Fact]
    public async Task A_series_of_both_has_its_numbers_and_the_newest_histogram()
    {
        var series = new InMemorySeriesSource();
        series.Add(Labels.Of("__name__", "mixed"), Start, 7.0);
        series.Add(Labels.Of("__name__", "mixed"), Start + 15_000, Histogram(2));
        series.Add(Labels.Of("__name__", "mixed"), Start + 30_000, double.PositiveInfinity);
        series.Add(Labels.Of("__name__", "number"), Start, 1.0);
        (JsonElement[] rows, long points) = await WriteAsync(series, "{__name__=~'mixed|number'}");
        Assert.Equal("[7,null,\"+Inf\"]", rows[0].GetProperty("values").GetRawText());
        Assert.Equal((1, 1), (rows[0].GetProperty("histogram").GetProperty("values").GetInt32(), rows[0].GetProperty("histogram").GetProperty("step").GetInt32()));
        Assert.Equal("[1,1,1]", rows[1].GetProperty("values").GetRawText());
        Assert.False(rows[1].TryGetProperty("histogram", out _));
        Assert.Equal(6, points);
    }

    [Fact]
    public async Task Of_very_many_buckets_the_first_are_written_and_all_counted()
    {
        const int Buckets = 250;
        var series = new InMemorySeriesSource();
        series.Add(Labels.Of("__name__", "h"), Start, new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = Buckets + 1,
            Sum = double.NaN,
            PositiveSpans = [new BucketSpan(0, Buckets + 1)],
            PositiveBuckets = [.. Enumerable.Repeat(1.0, Buckets + 1)],
            CustomValues = [.. Enumerable.Range(0, Buckets).Select(static i => (double)i)],
        });
        (JsonElement[] rows, _) = await WriteAsync(series, "h");
        JsonElement histogram = rows[0].GetProperty("histogram");
        Assert.Equal("\"NaN\"", histogram.GetProperty("sum").GetRawText());
        Assert.Equal((200, "[3,\"-Inf\",0,1]"), (histogram.GetProperty("buckets").GetArrayLength(), histogram.GetProperty("buckets")[0].GetRawText()));
        Assert.Equal("""{"shown":200,"total":251}""", histogram.GetProperty("limited").GetRawText());
    }

    private static FloatHistogram Histogram(double sum) => new()
    {
        Schema = 0,
        Count = 7.5,
        Sum = sum,
        ZeroThreshold = 0.001,
        ZeroCount = 1,
        NegativeSpans = [new BucketSpan(1, 1)],
        NegativeBuckets = [2],
        PositiveSpans = [new BucketSpan(1, 3)],
        PositiveBuckets = [4, 0, 0.5],
    };

    private static async Task<(JsonElement[] Rows, long Points)> WriteAsync(InMemorySeriesSource series, string expr)
    {
        using var engine = new PromQLEngine(new EngineOptions());
        QueryResult result = await engine.RangeAsync(series, expr, Start, Start + 30_000, 15_000, TestContext.Current.CancellationToken);
        var body = new ArrayBufferWriter<byte>();
        body.Write("{\"id\":\"A\""u8);
        long points = BatchLineWriter.WriteSeries(body, result, new BatchQuery { Id = "A", Expr = expr });
        body.Write("}"u8);
        return ([.. JsonDocument.Parse(Encoding.UTF8.GetString(body.WrittenSpan)).RootElement.GetProperty("series").EnumerateArray()], points);
    }
}
