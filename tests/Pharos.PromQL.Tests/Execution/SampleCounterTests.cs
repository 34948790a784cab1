namespace Pharos.PromQL.Tests.Execution;

/// <summary>What statistics count; the numbers are those of upstream's engine for the same queries over the same series.</summary>
public sealed class SampleCounterTests : IDisposable
{
    private readonly EngineScene _scene = new(new EngineOptions { CountsSamples = true });

    public SampleCounterTests()
    {
        _scene.Load(
            10,
            "one 1+1x100",
            "three{a=\"1\",b=\"1\"} 1+1x100",
            "three{a=\"2\",b=\"2\"} 1+1x100",
            "three{a=\"3\",b=\"2\"} 1+1x100",
            "histogram {{schema:1 count:5 sum:20 buckets:[1 2 1 1]}}+{{schema:1 count:10 sum:5 buckets:[1 2 3 4]}}x100");
    }

    public void Dispose() => _scene.Dispose();

    // Query, start, end and step in seconds (0: an instant query), samples looked at by step, samples read by step.
    [Theory]
    [InlineData("\"literal string\"", 21, 21, 0, "0", "0")]
    [InlineData("1", 21, 21, 0, "0", "0")]
    [InlineData("one", 21, 21, 0, "1", "1")]
    [InlineData("histogram", 21, 21, 0, "13", "13")]
    [InlineData("timestamp(one)", 21, 21, 0, "1", "1")]
    [InlineData("timestamp(histogram)", 21, 21, 0, "1", "1")]
    [InlineData("one offset 10s", 21, 21, 0, "1", "1")]
    [InlineData("one @ 15", 21, 21, 0, "1", "1")]
    [InlineData("three{a=\"1\"}", 21, 21, 0, "1", "1")]
    [InlineData("three{a=\"1\"} @ 19", 21, 21, 0, "1", "1")]
    [InlineData("three{a=\"1\"}[20s] @ 19", 21, 21, 0, "2", "2")]
    [InlineData("three", 21, 21, 0, "3", "3")]
    [InlineData("one[60s]", 201, 201, 0, "6", "6")]
    [InlineData("histogram[60s]", 201, 201, 0, "78", "78")]
    [InlineData("max_over_time(one[60s])[20s:5s]", 201, 201, 0, "24", "8")]
    [InlineData("max_over_time(one[61s])[20s:5s]", 201, 201, 0, "26", "8")]
    [InlineData("max_over_time(histogram[60s])[20s:5s]", 201, 201, 0, "312", "104")]
    [InlineData("one[60s] @ 30", 201, 201, 0, "4", "4")]
    [InlineData("histogram[60s] @ 30", 201, 201, 0, "52", "52")]
    [InlineData("sum(max_over_time(three[60s] @ 30))", 201, 201, 0, "12", "12")]
    [InlineData("sum by (b) (max_over_time(three[60s] @ 30))", 201, 201, 0, "12", "12")]
    [InlineData("one[60s] offset 10s", 201, 201, 0, "6", "6")]
    [InlineData("three[60s]", 201, 201, 0, "18", "18")]
    [InlineData("max_over_time(one[60s])", 201, 201, 0, "6", "6")]
    [InlineData("absent_over_time(one[60s])", 201, 201, 0, "6", "6")]
    [InlineData("max_over_time(three[60s])", 201, 201, 0, "18", "18")]
    [InlineData("one[60s:5s]", 201, 201, 0, "12", "12")]
    [InlineData("one[60s:5s] offset 10s", 201, 201, 0, "12", "12")]
    [InlineData("max_over_time(three[60s:5s])", 201, 201, 0, "36", "36")]
    [InlineData("sum(max_over_time(three[60s:5s])) + sum(max_over_time(three[60s:5s]))", 201, 201, 0, "72", "72")]
    [InlineData("three{a=\"1\"}", 201, 220, 5, "1 1 1 1", "1 1 1 1")]
    [InlineData("histogram", 204, 223, 5, "13 13 13 13", "13 13 13 13")]
    [InlineData("timestamp(one)", 201, 220, 5, "1 1 1 1", "1 1 1 1")]
    [InlineData("timestamp(histogram)", 201, 220, 5, "1 1 1 1", "1 1 1 1")]
    [InlineData("max_over_time(three{a=\"1\"}[10s])", 991, 1021, 10, "1 1 0 0", "1 1 0 0")]
    [InlineData("three{a=\"1\"} offset 10s", 201, 220, 5, "1 1 1 1", "1 1 1 1")]
    [InlineData("max_over_time(three[60s] @ 30)", 201, 220, 5, "12 12 12 12", "12 0 0 0")]
    [InlineData("three", 201, 220, 5, "3 3 3 3", "3 3 3 3")]
    [InlineData("max_over_time(three[60s])", 201, 220, 5, "18 18 18 18", "18 0 3 0")]
    [InlineData("max_over_time(three[60s:5s])", 201, 216, 5, "36 36 36 36", "36 3 3 3")]
    [InlineData("max_over_time(one[60s:5s])", 201, 220, 5, "12 12 12 12", "12 1 1 1")]
    [InlineData("sum by (b) (max_over_time(one[60s:5s]))", 201, 220, 5, "12 12 12 12", "12 1 1 1")]
    [InlineData("sum(max_over_time(three[60s:5s])) + sum(max_over_time(three[60s:5s]))", 201, 220, 5, "72 72 72 72", "72 6 6 6")]
    [InlineData("sum(max_over_time(three[60s:5s])) + sum(max_over_time(one[60s:5s]))", 201, 216, 5, "48 48 48 48", "48 4 4 4")]
    [InlineData("max_over_time(one[20s:10s])", 201, 201, 0, "2", "2")]
    [InlineData("sum_over_time(one[30s:30s])", 90, 90, 0, "1", "1")]
    [InlineData("max_over_time(one[30s:2m])", 240, 240, 0, "1", "1")]
    [InlineData("max_over_time(one[30s:10s])", 201, 231, 30, "3 3", "3 3")]
    [InlineData("max_over_time(one[20s:10s])", 201, 261, 10, "2 2 2 2 2 2 2", "2 1 1 1 1 1 1")]
    [InlineData("histogram_count(max_over_time(histogram[20s:10s]))", 201, 201, 0, "26", "26")]
    [InlineData("avg_over_time(histogram[2m:1m])", 120, 240, 60, "26 26 26", "26 13 13")]
    [InlineData("max_over_time(three[60s:10s])", 200, 400, 30, "18 18 18 18 18 18 18", "18 9 9 9 9 9 9")]
    [InlineData("predict_linear(one[60s] @ 100, 60)", 100, 300, 100, "6 6 6", "6 0 0")]
    [InlineData("sum_over_time(three[20s:10s] @ 200)", 250, 250, 0, "6", "6")]
    [InlineData("sum_over_time(one[20s:10s] offset 1m)", 240, 240, 0, "2", "2")]
    [InlineData("sum_over_time(three[1m:10s] @ 200 offset 1m)", 300, 300, 0, "18", "18")]
    [InlineData("sum_over_time(max_over_time(three[60s] @ 300)[5m:1m] @ 600)[10m:2m]", 800, 800, 0, "75", "18")]
    [InlineData("rate(sum_over_time(one[30s])[1m:30s])", 240, 240, 0, "2", "6")]
    public async Task Samples_are_counted_by_step(string query, int start, int end, int step, string perStep, string readPerStep)
    {
        QueryableSamples counted = await CountAsync(query, start, end, step);
        Assert.Equal((perStep, readPerStep), (string.Join(' ', counted.PerStep), string.Join(' ', counted.ReadPerStep)));
        Assert.Equal(counted.PerStep.Sum(), counted.Total);
        Assert.Equal(counted.ReadPerStep.Sum(), counted.Read);
        Assert.Equal((start + (step * (counted.PerStep.Count - 1))) * 1000L, counted.TimeOf(counted.PerStep.Count - 1));
    }

    [Theory]
    [InlineData("one + one", "2 2")]
    [InlineData("stale", "1 0")]
    [InlineData("rate(one[20s] anchored)", "21 22")]
    [InlineData("one smoothed", "0 0")]
    [InlineData("timestamp(histogram)", "1 1")]
    [InlineData("quantile_over_time(scalar(one), three[20s])", "7 7")]
    [InlineData("time() + 1", "0 0")]
    [InlineData("absent(none)", "0 0")]
    [InlineData("count_values(\"v\", three) and topk(scalar(one), three)", "7 7")]
    public async Task Every_kind_of_node_counts_what_is_below_it(string query, string perStep)
    {
        _scene.Load(10, "stale 1x20 stale _x5");
        Assert.Equal(perStep, string.Join(' ', (await CountAsync(query, 200, 210, 10)).PerStep));
    }

    [Fact]
    public async Task What_is_counted_again_is_not_read_again_as_far_as_others_see()
    {
        QueryResult counted = await _scene.RangeAsync("sum(rate(three[1m]))", 200, 300, 10);
        using var plain = new EngineScene();
        plain.Load(10, "three{a=\"1\",b=\"1\"} 1+1x100", "three{a=\"2\",b=\"2\"} 1+1x100", "three{a=\"3\",b=\"2\"} 1+1x100");
        QueryResult uncounted = await plain.RangeAsync("sum(rate(three[1m]))", 200, 300, 10);
        Assert.Null(uncounted.Statistics.Queryable);
        Assert.Equal((uncounted.Statistics.SamplesRead, uncounted.Statistics.PeakSamples), (counted.Statistics.SamplesRead, counted.Statistics.PeakSamples));
        Assert.Equal(uncounted.Statistics.SamplesRead, plain.Engine.Counters.SamplesRead);
    }

    [Fact]
    public async Task Times_add_up()
    {
        QueryStatistics statistics = (await _scene.RangeAsync("three", 0, 300, 10)).Statistics;
        TimeSpan rest = statistics.EvaluationTime - statistics.PreparationTime - statistics.InnerTime - statistics.SortTime;
        Assert.InRange(rest.Ticks, -3, 3); // each is rounded by itself
    }

    private async Task<QueryableSamples> CountAsync(string query, int start, int end, int step)
    {
        QueryResult result = step == 0 ? await _scene.InstantAsync(query, start) : await _scene.RangeAsync(query, start, end, step);
        return result.Statistics.Queryable!;
    }
}
