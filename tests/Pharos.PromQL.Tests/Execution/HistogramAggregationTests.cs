using Pharos.Core.Histograms;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Aggregations of native histograms, and of both kinds of samples; what is expected is what upstream answers.</summary>
public class HistogramAggregationTests
{
    private const string Mixed = "PromQL warning: encountered a mix of histograms and floats for aggregation";
    private const string Schemas =
        "PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name \"m\"";

    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "m{kind=\"exp\", x=\"1\"} {{schema:1 count:6 sum:10 buckets:[1 2 3]}}",
        "m{kind=\"exp\", x=\"2\"} {{schema:0 count:4 sum:2 z_bucket:1 buckets:[3]}}",
        "m{kind=\"custom\", x=\"1\"} {{schema:-53 count:6 sum:10 custom_values:[5 10] buckets:[1 2 3]}}",
        "m{kind=\"custom\", x=\"2\"} {{schema:-53 count:3 sum:4 custom_values:[5 20] buckets:[1 1 1]}}",
        "m{kind=\"number\", x=\"1\"} 3",
        "m{kind=\"number\", x=\"2\"} 5");

    [Theory]
    [InlineData("sum(m{kind=\"exp\"})", "{} {{count:10 sum:12 z_bucket:1 buckets:[4 5]}}")]
    [InlineData("avg(m{kind=\"exp\"})", "{} {{count:5 sum:6 z_bucket:0.5 buckets:[2 2.5]}}")]
    [InlineData("sum(m{kind=\"exp\", x=\"1\"})", "{} {{schema:1 count:6 sum:10 buckets:[1 2 3]}}")]
    [InlineData("count(m)", "{} 6")]
    [InlineData("group(m{kind=\"exp\"})", "{} 1")]
    [InlineData("count by (kind) (m)", "{kind=\"exp\"} 2", "{kind=\"custom\"} 2", "{kind=\"number\"} 2")]
    [InlineData("sum by (x) (m{kind=\"number\"})", "{x=\"1\"} 3", "{x=\"2\"} 5")]
    [InlineData("limitk(1, m)", "{__name__=\"m\", kind=\"exp\", x=\"1\"} {{schema:1 count:6 sum:10 buckets:[1 2 3]}}")]
    [InlineData("limit_ratio(1, m{x=\"1\", kind!=\"custom\"})", "{__name__=\"m\", kind=\"exp\", x=\"1\"} {{schema:1 count:6 sum:10 buckets:[1 2 3]}}", "{__name__=\"m\", kind=\"number\", x=\"1\"} 3")]
    [InlineData(
        "count_values(\"v\", m{kind!=\"custom\", x=\"2\"})",
        "{v=\"{count:4, sum:2, [-0,0]:1, (0.5,1]:3}\"} 1",
        "{v=\"5\"} 1")]
    public async Task Histograms_are_added_bucket_by_bucket_and_counted_like_numbers(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskAsync(query));
        Assert.Empty((await scene.InstantAsync(query, 0)).Annotations);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("avg")]
    public async Task Numbers_and_histograms_in_one_group_have_no_result(string aggregation)
    {
        using EngineScene scene = Scene();

        string query = $"{aggregation} by (x) (m{{kind!=\"custom\"}})";
        Assert.Empty(await scene.AskAsync(query));
        Assert.Equal([Mixed], await MessagesAsync(scene, query));
        Assert.Equal([Mixed], await MessagesAsync(scene, $"{aggregation}(m{{kind=\"number\"}} or m{{kind=\"exp\"}})"));
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("avg")]
    public async Task Exponential_and_custom_buckets_do_not_go_together(string aggregation)
    {
        using EngineScene scene = Scene();

        string query = $"{aggregation} by (x) (m{{kind!=\"number\"}})";
        Assert.Empty(await scene.AskAsync(query));
        Assert.Equal([Schemas], await MessagesAsync(scene, query));
    }

    [Fact]
    public async Task Once_histograms_did_not_go_together_nothing_else_is_looked_at()
    {
        using EngineScene scene = Scene();

        Assert.Empty(await scene.AskAsync("sum(m)"));
        Assert.Equal([Schemas], await MessagesAsync(scene, "sum(m)"));
    }

    [Fact]
    public async Task Custom_bounds_are_reduced_to_those_that_all_have()
    {
        using EngineScene scene = Scene();

        Assert.Equal(["{} {{schema:-53 count:9 sum:14 custom_values:[5] buckets:[2 7]}}"], await scene.AskAsync("sum(m{kind=\"custom\"})"));
        Assert.Equal(
            ["PromQL info: mismatched custom buckets were reconciled during aggregation"], await MessagesAsync(scene, "avg(m{kind=\"custom\"})"));
    }

    [Theory]
    [InlineData("min", "{} 3")]
    [InlineData("max", "{} 5")]
    [InlineData("stddev", "{} 1")]
    [InlineData("stdvar", "{} 1")]
    public async Task Aggregations_of_numbers_ignore_histograms_and_say_so(string aggregation, string expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal([expected], await scene.AskAsync($"{aggregation}(m)"));
        Assert.Equal([$"PromQL info: ignored histogram in {aggregation} aggregation"], await MessagesAsync(scene, $"{aggregation}(m)"));
        Assert.Empty(await MessagesAsync(scene, $"{aggregation}(m{{kind=\"number\"}})"));
        Assert.Empty(await scene.AskAsync($"{aggregation}(m{{kind=\"exp\"}})"));
    }

    [Theory]
    [InlineData("topk(1, m)", "topk", "1:1")]
    [InlineData("bottomk(1, m)", "bottomk", "1:1")]
    [InlineData("quantile(0.5, m)", "quantile", "1:15")]
    [InlineData("max(m)", "max", "1:5")]
    public async Task Where_a_histogram_was_ignored_is_told_as_upstream_tells_it(string query, string aggregation, string position)
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync(query, 0);
        Assert.Equal([$"PromQL info: ignored histogram in {aggregation} aggregation ({position})"], result.Infos);
    }

    [Fact]
    public async Task A_step_that_keeps_nothing_ignores_nothing()
    {
        using EngineScene scene = Scene();

        Assert.Empty((await scene.InstantAsync("topk(0, m)", 0)).Annotations);
        Assert.Empty((await scene.RangeAsync("topk(scalar(m{kind=\"number\", x=\"1\"}) - 3, m @ 0)", 0, 60, 60)).Annotations);
        Assert.Single((await scene.RangeAsync("bottomk(time() / 60, m @ 0)", 0, 60, 60)).Annotations);
    }

    [Fact]
    public async Task Contradicting_hints_about_resets_are_told_and_leave_the_sum()
    {
        using var scene = new EngineScene().Load(
            60,
            "m{x=\"1\"} {{count:4 sum:4 buckets:[4]}} {{count:5 sum:5 buckets:[5]}}",
            "m{x=\"2\"} {{count:4 sum:4 buckets:[4]}} {{count:1 sum:1 buckets:[1]}}");

        // Only what skips buckets finds resets between the samples that it reads.
        Assert.Equal(["{} 6"], await scene.AskAsync("histogram_count(sum(m))", 60));
        Assert.Equal(
            ["PromQL warning: conflicting counter resets during histogram aggregation"], await MessagesAsync(scene, "histogram_count(sum(m))", 60));
        Assert.Empty(await MessagesAsync(scene, "sum(m)", 60));
    }

    [Fact]
    public async Task A_sum_of_counters_is_a_counter_and_with_a_gauge_a_gauge()
    {
        using var scene = new EngineScene().Load(
            60,
            "m{x=\"1\"} {{count:4 buckets:[4] counter_reset_hint:not_reset}}x1",
            "m{x=\"2\"} {{count:4 buckets:[4] counter_reset_hint:not_reset}}x1",
            "m{x=\"3\"} {{count:4 buckets:[4] counter_reset_hint:gauge}}x1");

        Assert.Equal(["{} {{count:8 counter_reset_hint:not_reset buckets:[8]}}"], await scene.AskAsync("sum(m{x!=\"3\"})", 60));
        Assert.Equal(["{} {{count:12 counter_reset_hint:gauge buckets:[12]}}"], await scene.AskAsync("sum(m)", 60));
    }

    [Fact]
    public async Task An_average_whose_sum_overflows_is_right_all_the_same()
    {
        using var scene = new EngineScene().Load(60, "m{x=\"1\"} {{count:1e308 sum:1e308 buckets:[1e308]}}", "m{x=\"2\"} {{count:1e308 sum:1e308 buckets:[1e308]}}");

        Assert.Equal(["{} {{count:1e+308 sum:1e+308 buckets:[1e+308]}}"], await scene.AskAsync("avg(m)"));
        Assert.Equal(["{} {{count:+Inf sum:+Inf buckets:[+Inf]}}"], await scene.AskAsync("sum(m)"));
    }

    [Fact]
    public async Task What_additions_round_away_comes_back()
    {
        using var scene = new EngineScene().Load(
            60, "m{x=\"1\"} {{count:1 sum:1e100 buckets:[1]}}", "m{x=\"2\"} {{count:1 sum:1 buckets:[1]}}", "m{x=\"3\"} {{count:1 sum:-1e100 buckets:[1]}}");

        Assert.Equal(["{} {{count:3 sum:1 buckets:[3]}}"], await scene.AskAsync("sum(m)"));
    }

    [Fact]
    public async Task Steps_of_a_range_are_aggregated_each_by_itself()
    {
        using var scene = new EngineScene().Load(60, "m{x=\"1\"} 1 {{count:1 sum:1 buckets:[1]}} 1 stale", "m{x=\"2\"} 2 {{count:2 sum:1 buckets:[2]}} {{count:2 sum:1 buckets:[2]}} 7");

        Assert.Equal(["{} 3 {{count:3 sum:2 buckets:[3]}} _ 7"], await scene.AskRangeAsync("sum(m)", 0, 180, 60));
        Assert.Equal(["{} 2 _ 1 7"], await scene.AskRangeAsync("max(m)", 0, 180, 60));
        Assert.Equal(["{} 2 2 2 1"], await scene.AskRangeAsync("count(m)", 0, 180, 60));
    }

    [Theory]
    [InlineData("sum(m)")]
    [InlineData("avg(m)")]
    public async Task Partitions_are_merged_in_their_order_whatever_the_number_of_threads(string query)
    {
        using var one = new EngineScene(new EngineOptions { MaxThreads = 1 });
        using var four = new EngineScene(new EngineOptions { MaxThreads = 4 });
        foreach (EngineScene scene in new[] { one, four })
        {
            AddMany(scene, 3000);
        }

        FloatHistogram expected = Assert.Single((await one.RangeAsync(query, 0, 60, 60)).Rows).HistogramAt(1)!;
        for (int i = 0; i < 5; i++)
        {
            FloatHistogram actual = Assert.Single((await four.RangeAsync(query, 0, 60, 60)).Rows).HistogramAt(1)!;
            Assert.True(expected.ContentEquals(actual));
        }

        double count = query.StartsWith("sum", StringComparison.Ordinal) ? 3000 * 0.3 : 0.3;
        Assert.Equal(count, expected.Count, 1e-12);
    }

    [Fact]
    public async Task Many_groups_of_histograms_are_folded_group_by_group()
    {
        using var scene = new EngineScene();
        AddMany(scene, 2400);

        QueryResult result = await scene.RangeAsync("sum by (group) (m)", 0, 60, 1);
        Assert.Equal(800, result.Rows.Count);
        Assert.All(result.Rows, static row => Assert.Equal(0.9, row.HistogramAt(60)!.Count, 1e-12));
    }

    [Theory]
    [InlineData(0, 2000, "{}")]
    [InlineData(2000, 0, "{}")]
    [InlineData(1999, 1, "{}")]
    public async Task Kinds_that_meet_across_partitions_have_no_result(int first, int second, string labels)
    {
        using var scene = new EngineScene();
        AddMany(scene, first);
        scene.Load(60, "m{x=\"number\"} 1 1");
        AddMany(scene, second, from: first);

        QueryResult result = await scene.InstantAsync("sum(m)", 0);
        Assert.Empty(result.Rows);
        Assert.Equal([Mixed], result.Annotations.Select(static a => a.Message));
        Assert.Equal([$"{labels} 2001"], await scene.AskAsync("count(m)"));
    }

    [Fact]
    public async Task Schemas_that_meet_across_partitions_have_no_result()
    {
        using var scene = new EngineScene();
        AddMany(scene, 2047);
        scene.Load(60, "m{x=\"custom\"} {{schema:-53 count:1 sum:1 custom_values:[1] buckets:[1]}}");

        Assert.Empty(await scene.AskAsync("sum(m)"));
        Assert.Equal([Schemas], await MessagesAsync(scene, "sum(m)"));
    }

    [Fact]
    public async Task Aggregations_of_one_scan_that_treat_histograms_differently_share_a_pass()
    {
        using EngineScene scene = Scene();

        Assert.Equal(["{} 3"], await scene.AskAsync("count(m) / (max(m) - min(m))"));
        Assert.Equal(["{kind=\"exp\"} 5"], await scene.AskAsync("histogram_count(sum by (kind) (m{kind=\"exp\"})) / count by (kind) (m{kind=\"exp\"})"));
    }

    [Fact]
    public async Task A_histogram_counts_for_as_many_samples_as_its_size_is_worth()
    {
        // 168 bytes, 1 span and 30 buckets of 8 bytes each, and a timestamp: 26 whole samples of 16 bytes.
        string line = $"m {{{{count:30 buckets:[{string.Join(' ', Enumerable.Repeat(1, 30))}]}}}}";
        using var enough = new EngineScene(new EngineOptions { MaxSamples = 26 }).Load(60, line);
        using var tooFew = new EngineScene(new EngineOptions { MaxSamples = 25 }).Load(60, line);

        Assert.Equal(26, (await enough.InstantAsync("m", 0)).Statistics.PeakSamples);
        Assert.Contains("too many samples", await tooFew.FailAsync("m"), StringComparison.Ordinal);
    }

    private static async Task<string[]> MessagesAsync(EngineScene scene, string query, double at = 0) =>
        [.. (await scene.InstantAsync(query, at)).Annotations.Select(static a => a.Message)];

    private static void AddMany(EngineScene scene, int count, int from = 0)
    {
        var histogram = new FloatHistogram { Count = 0.3, Sum = 0.1, PositiveSpans = [new BucketSpan(0, 2)], PositiveBuckets = [0.1, 0.2] };
        for (int i = from; i < from + count; i++)
        {
            var labels = Core.Labels.Labels.Of("__name__", "m", "group", $"{i % 800}", "x", $"{i}");
            scene.Store.Add(labels, 0, histogram);
            scene.Store.Add(labels, 60_000, histogram);
        }
    }
}
