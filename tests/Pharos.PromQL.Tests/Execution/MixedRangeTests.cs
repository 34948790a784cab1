using System.Globalization;
using System.Text.RegularExpressions;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Range functions over series that hold histograms, numbers and histograms, or start timestamps.</summary>
public sealed class MixedRangeTests
{
    [Theory]
    [InlineData("increase(h[3m1ms])", "{} {{count:30.0001666667 sum:60.0003333333 counter_reset_hint:gauge buckets:[30.0001666667]}}")]
    [InlineData("rate(h[200s])", "{} {{count:0.16666667 sum:0.33333333 counter_reset_hint:gauge buckets:[0.16666667]}}")]
    [InlineData("irate(h[3m])", "{} {{count:0.16666667 sum:0.33333333 counter_reset_hint:gauge buckets:[0.16666667]}}")]
    [InlineData("sum_over_time(h[2m])", "{} {{count:70 sum:140 buckets:[70]}}")]
    [InlineData("avg_over_time(h[2m])", "{} {{count:35 sum:70 buckets:[35]}}")]
    [InlineData("last_over_time(h[2m])", "{__name__=\"h\"} {{count:40 sum:80 buckets:[40]}}")]
    [InlineData("first_over_time(h[2m])", "{__name__=\"h\"} {{count:30 sum:60 buckets:[30]}}")]
    [InlineData("count_over_time(h[2m])", "{} 2")]
    [InlineData("present_over_time(h[2m])", "{} 1")]
    [InlineData("ts_of_last_over_time(h[2m])", "{} 240")]
    [InlineData("changes(h[3m])", "{} 2")]
    [InlineData("resets(h[3m])", "{} 0")]
    [InlineData("max_over_time(h[3m])")]
    [InlineData("quantile_over_time(0.5, h[3m])")]
    [InlineData("absent_over_time(h[3m])")]
    public async Task A_window_of_histograms(string query, params string[] expected)
    {
        using EngineScene scene = new EngineScene().Load(60, "h {{count:0 sum:0 buckets:[0]}}+{{count:10 sum:20 buckets:[10]}}x4");

        string[] answer = await scene.AskAsync(query, 240);

        Assert.Equal(expected.Select(Shortened), answer.Select(Shortened));
    }

    [Theory]
    [InlineData("sum_over_time(m[5m])", "PromQL warning: encountered a mix of histograms and floats for metric name \"m\" (1:15)")]
    [InlineData("rate(m[5m])", "PromQL warning: encountered a mix of histograms and floats for metric name \"m\" (1:6)")]
    [InlineData("irate(m[5m])", "PromQL warning: encountered a mix of histograms and floats for metric name \"m\" (1:7)")]
    public async Task Numbers_and_histograms_in_one_window_do_not_go_together(string query, string warning)
    {
        using EngineScene scene = new EngineScene().Load(60, "m 1 2 {{count:3}}");

        QueryResult result = await scene.InstantAsync(query, 120);

        Assert.Empty(result.Rows);
        Assert.Equal([warning], result.Warnings);
    }

    [Theory]
    [InlineData("max_over_time(m[5m])", "2", "(1:15)")]
    [InlineData("stddev_over_time(m[5m])", "0.5", "(1:18)")]
    [InlineData("deriv(m[5m]) * 60", "1", "(1:7)")]
    [InlineData("quantile_over_time(1, m[5m])", "2", "(1:20)")]
    public async Task Functions_of_numbers_ignore_histograms_and_say_so(string query, string value, string position)
    {
        using EngineScene scene = new EngineScene().Load(60, "m 1 2 {{count:3}}");

        QueryResult result = await scene.InstantAsync(query, 120);

        Assert.Equal(value, EngineScene.Text(Assert.Single(result.Rows), 0));
        Assert.Equal([$"PromQL info: ignored histograms in a range containing both floats and histograms for metric name \"m\" {position}"], result.Infos);
    }

    [Fact]
    public async Task To_become_a_histogram_is_a_change_and_a_reset()
    {
        using EngineScene scene = new EngineScene().Load(60, "m 1 2 {{count:3}} {{count:2}} 5");

        Assert.Equal(["{} 4"], await scene.AskAsync("changes(m[5m])", 240));
        Assert.Equal(["{} 3"], await scene.AskAsync("resets(m[5m])", 240));
    }

    [Fact]
    public async Task Windows_of_numbers_beside_windows_of_histograms_are_what_they_would_be_alone()
    {
        using EngineScene scene = new EngineScene().Load(60, "m_total _ 6000 6060 6120 _ _ {{count:6000}} {{count:6060}}");

        Assert.Equal(["{} _ _ 60.001 60.001 _ _ _ {{count:60.001 counter_reset_hint:gauge}}"], (await scene.AskRangeAsync("increase(m_total[60001ms])", 0, 420, 60)).Select(Shortened));
    }

    [Fact]
    public async Task A_gauge_is_no_counter_and_a_counter_no_gauge()
    {
        using EngineScene scene = new EngineScene().Load(60, "g {{count:1 counter_reset_hint:gauge}}x3", "c {{count:1}}+{{count:1}}x3");

        Assert.Equal(["PromQL warning: this native histogram metric is not a counter: \"g\" (1:6)"], (await scene.InstantAsync("rate(g[5m])", 180)).Warnings);
        Assert.Equal(["PromQL warning: this native histogram metric is not a gauge: \"c\" (1:7)"], (await scene.InstantAsync("delta(c[5m])", 180)).Warnings);
        Assert.Empty((await scene.InstantAsync("delta(g[5m])", 180)).Warnings);
    }

    [Fact]
    public async Task Exponential_and_custom_buckets_do_not_go_together()
    {
        using EngineScene scene = new EngineScene().Load(60, "h {{count:1 buckets:[1]}} {{schema:-53 count:2 custom_values:[1] buckets:[1 1]}}");

        QueryResult result = await scene.InstantAsync("sum_over_time(h[5m])", 60);

        Assert.Empty(result.Rows);
        Assert.Equal(["PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name \"h\" (1:15)"], result.Warnings);
    }

    [Fact]
    public async Task A_smoothed_selector_lies_between_histograms()
    {
        using EngineScene scene = new EngineScene().Load(60, "h {{count:0 sum:0 buckets:[0]}}+{{count:10 sum:20 buckets:[10]}}x4");

        Assert.Equal(["{__name__=\"h\"} {{count:15 sum:30 buckets:[15]}}"], await scene.AskAsync("h smoothed", 90));
        Assert.Equal(["{} {{count:10 sum:20 counter_reset_hint:gauge buckets:[10]}}"], await scene.AskAsync("increase(h[1m] smoothed)", 90));
        Assert.Equal("smoothed modifier is not supported with histograms", await scene.FailAsync("h[1m] smoothed", 90));
    }

    [Fact]
    public async Task The_samples_of_a_subquery_have_no_hints_but_that_of_gauges()
    {
        using EngineScene scene = new EngineScene().Load(
            60,
            "c {{count:1 counter_reset_hint:not_reset}} {{count:2 counter_reset_hint:reset}}",
            "g {{count:1 counter_reset_hint:gauge}} {{count:2 counter_reset_hint:gauge}}");

        Assert.Equal(["{__name__=\"c\"} {{count:2}}"], await scene.AskAsync("last_over_time(c[2m:1m])", 60));
        Assert.Equal(["{__name__=\"g\"} {{count:2 counter_reset_hint:gauge}}"], await scene.AskAsync("last_over_time(g[2m:1m])", 60));
    }

    [Theory]
    [InlineData(true, "increase(c_total[3m])", "{} 180")]
    [InlineData(false, "increase(c_total[3m])", "{} 22.5")]
    [InlineData(true, "irate(c_total[3m]) * 60", "{} 115")]
    [InlineData(true, "resets(c_total[3m])", "{} 1")]
    [InlineData(false, "resets(c_total[3m])", "{} 0")]
    [InlineData(true, "start_timestamp(c_total)", "{} 150")]
    [InlineData(false, "start_timestamp(c_total)")]
    [InlineData(true, "start_timestamp(c_total + 1)")]
    public async Task A_counter_that_says_when_it_began_is_seen_to_begin_anew_though_it_did_not_fall(bool usesStarts, string query, params string[] expected)
    {
        using var scene = new EngineScene(new EngineOptions { UseStartTimestamps = usesStarts });
        scene.Load(60, "c_total 95 100 105");
        scene.Load(60, "c_total _ _ _ 115");
        scene.Store.SetStartTimestamp(LabelsOf("c_total"), 150_000);

        Assert.Equal(expected, (await scene.AskAsync(query, 180)).Select(Shortened));
    }

    [Fact]
    public async Task Samples_that_claim_the_same_time_are_warned_of_with_their_number()
    {
        using var scene = new EngineScene(new EngineOptions { UseStartTimestamps = true });
        scene.Load(60, "c_total 95 100 105 115");
        scene.Store.SetStartTimestamp(LabelsOf("c_total"), 90_000);

        QueryResult once = await scene.InstantAsync("rate(c_total[5m])", 180);
        QueryResult twice = await scene.RangeAsync("rate(c_total[5m])", 180, 240, 60);

        Assert.Equal(["PromQL warning: sample has start time that overlaps with previous sample timestamp for metric \"c_total\" (1:6)"], once.Warnings);
        Assert.Equal(["PromQL warning: sample has start time that overlaps with previous sample timestamp for metric \"c_total\" (2 occurrences) (1:6)"], twice.Warnings);
    }

    [Fact]
    public async Task The_notice_about_counters_is_about_numbers_only()
    {
        using EngineScene scene = new EngineScene().Load(60, "h {{count:0}}+{{count:10}}x4");

        QueryResult result = await scene.InstantAsync("rate(h[5m])", 240);

        Assert.Equal(ExprType.Vector, result.Type);
        Assert.Empty(result.Infos);
    }

    private static Labels LabelsOf(string name) => PromQLParser.ParseSeriesDescription($"{name} _").Labels;

    // Ten digits, so that the last bits of a computation do not matter.
    private static string Shortened(string answer) => Regex.Replace(
        answer, @"\d+\.\d{6,}", static m => double.Parse(m.Value, CultureInfo.InvariantCulture).ToString("G8", CultureInfo.InvariantCulture));
}
