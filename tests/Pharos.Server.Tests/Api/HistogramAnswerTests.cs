using System.Text.Json;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.PromQL.Sources;

namespace Pharos.Server.Tests.Api;

/// <summary>Native histograms in answers: the forms are those of upstream's documentation of the API and of its encoder.</summary>
public sealed class HistogramAnswerTests
{
    private const long Start = 1_700_000_000_000;

    // Buckets of schema 0: [-2,-1) is 3, zero is 1, (1,2] is 4, (2,4] is empty, (4,8] is 0.5.
    private static readonly FloatHistogram Histogram = new()
    {
        Schema = 0,
        Count = 8.5,
        Sum = -0.25,
        ZeroThreshold = 0.001,
        ZeroCount = 1,
        NegativeSpans = [new BucketSpan(1, 1)],
        NegativeBuckets = [3],
        PositiveSpans = [new BucketSpan(1, 3)],
        PositiveBuckets = [4, 0, 0.5],
    };

    private const string HistogramText =
        "{\"count\":\"8.5\",\"sum\":\"-0.25\",\"buckets\":[[1,\"-2\",\"-1\",\"3\"],[3,\"-0.001\",\"0.001\",\"1\"],[0,\"1\",\"2\",\"4\"],[0,\"4\",\"8\",\"0.5\"]]}";

    [Fact]
    public async Task An_instant_vector_has_a_histogram_in_place_of_the_value()
    {
        await using ApiServer server = await ApiServer.StartAsync(Series());
        Assert.Equal(
            "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"h\"},\"histogram\":[1700000030.500," + HistogramText + "]}]}",
            await DataAsync(server, "/api/v1/query?query=h&time=1700000030.5"));
    }

    [Fact]
    public async Task A_matrix_has_numbers_and_histograms_apart_and_only_what_there_is()
    {
        await using ApiServer server = await ApiServer.StartAsync(Series());
        Assert.Equal(
            "{\"resultType\":\"matrix\",\"result\":["
            + "{\"metric\":{\"__name__\":\"h\"},\"histograms\":[[1700000015," + HistogramText + "],[1700000030," + HistogramText + "]]},"
            + "{\"metric\":{\"__name__\":\"mixed\"},\"values\":[[1700000015,\"7\"]],\"histograms\":[[1700000030," + HistogramText + "]]},"
            + "{\"metric\":{\"__name__\":\"n\"},\"values\":[[1700000015,\"7\"],[1700000030,\"7\"]]}]}",
            await DataAsync(server, "/api/v1/query_range?query={__name__=~\"h|mixed|n\"}&start=1700000015&end=1700000030&step=15"));
    }

    [Fact]
    public async Task The_samples_of_a_range_selector_keep_their_own_times()
    {
        await using ApiServer server = await ApiServer.StartAsync(Series());
        Assert.Equal(
            "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"mixed\"},\"values\":[[1700000010,\"7\"]],\"histograms\":[[1700000020," + HistogramText + "]]}]}",
            await DataAsync(server, "/api/v1/query?query=mixed[1m]&time=1700000030"));
    }

    [Fact]
    public async Task An_empty_histogram_has_no_buckets_and_custom_ones_reach_to_infinity()
    {
        var series = new InMemorySeriesSource();
        series.Add(Labels.Of("__name__", "empty"), Start, new FloatHistogram { Sum = double.NaN });
        series.Add(Labels.Of("__name__", "wide"), Start, new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = 3e21,
            Sum = 1e-7,
            PositiveSpans = [new BucketSpan(0, 2)],
            PositiveBuckets = [1, 2],
            CustomValues = [0.5],
        });
        await using ApiServer server = await ApiServer.StartAsync(series);
        Assert.Contains("\"histogram\":[1700000000,{\"count\":\"0\",\"sum\":\"NaN\"}]", await DataAsync(server, "/api/v1/query?query=empty&time=1700000000"), StringComparison.Ordinal);
        Assert.Contains(
            "{\"count\":\"3e+21\",\"sum\":\"1e-07\",\"buckets\":[[3,\"-Inf\",\"0.5\",\"1\"],[0,\"0.5\",\"+Inf\",\"2\"]]}",
            await DataAsync(server, "/api/v1/query?query=wide&time=1700000000"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_series_of_large_histograms_is_sent_in_pieces()
    {
        var series = new InMemorySeriesSource();
        var large = new FloatHistogram { Schema = 0, Count = 400, PositiveSpans = [new BucketSpan(-200, 400)], PositiveBuckets = [.. Enumerable.Repeat(1.0, 400)] };
        for (int i = 0; i < 100; i++)
        {
            series.Add(Labels.Of("__name__", "h"), Start + (i * 1000), large);
        }

        await using ApiServer server = await ApiServer.StartAsync(series);
        string data = await DataAsync(server, "/api/v1/query_range?query=h&start=1700000000&end=1700000099&step=1");
        JsonElement histograms = JsonDocument.Parse(data).RootElement.GetProperty("result")[0].GetProperty("histograms");
        Assert.Equal(100, histograms.GetArrayLength());
        Assert.All(histograms.EnumerateArray(), static h => Assert.Equal(400, h[1].GetProperty("buckets").GetArrayLength()));
    }

    private static InMemorySeriesSource Series()
    {
        var series = new InMemorySeriesSource();
        series.Add(Labels.Of("__name__", "h"), Start + 10_000, Histogram);
        series.Add(Labels.Of("__name__", "h"), Start + 20_000, Histogram);
        series.Add(Labels.Of("__name__", "n"), Start + 10_000, 7.0);
        series.Add(Labels.Of("__name__", "mixed"), Start + 10_000, 7.0);
        series.Add(Labels.Of("__name__", "mixed"), Start + 20_000, Histogram);
        return series;
    }

    private static async Task<string> DataAsync(ApiServer server, string path)
    {
        string text = await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.GetProperty("data").GetRawText();
    }
}
