namespace Pharos.PromQL.Tests.Execution;

public class FunctionTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "c_total{pod=\"web-1\"} 0+60x10",
        "c_total{pod=\"db-2\"} 0+30x10",
        "g{pod=\"web-1\"} 4 2 8 6",
        "h_bucket{le=\"1\", pod=\"1\"} 0+1x10",
        "h_bucket{le=\"2\", pod=\"1\"} 0+2x10",
        "h_bucket{le=\"+Inf\", pod=\"1\"} 0+4x10",
        "h_bucket{le=\"odd\", pod=\"2\"} 0+4x10",
        "d{x=\"1\"} 1735732800");

    [Theory]
    [InlineData("rate(c_total[5m])", 600, "{pod=\"web-1\"} 1", "{pod=\"db-2\"} 0.5")]
    [InlineData("sum(increase(c_total[5m]))", 600, "{} 450")]
    [InlineData("abs(-g)", 0, "{pod=\"web-1\"} 4")]
    [InlineData("clamp(g, 1, 3)", 0, "{pod=\"web-1\"} 3")]
    [InlineData("clamp(g, 3, 1)", 0)]
    [InlineData("clamp_min(g, 5)", 0, "{pod=\"web-1\"} 5")]
    [InlineData("round(g / 3, 0.5)", 0, "{pod=\"web-1\"} 1.5")]
    [InlineData("sgn(g - 4)", 0, "{pod=\"web-1\"} 0")]
    [InlineData("scalar(g) + 1", 0, "5")]
    [InlineData("scalar(c_total)", 0, "NaN")]
    [InlineData("vector(3)", 0, "{} 3")]
    [InlineData("time()", 12, "12")]
    [InlineData("pi() - pi()", 0, "0")]
    [InlineData("year(d)", 0, "{x=\"1\"} 2025")]
    [InlineData("hour()", 7200, "{} 2")]
    [InlineData("min_of(1, 2) + max_of(1, 2)", 0, "3")]
    [InlineData("\"text\"", 0, "text")]
    [InlineData("absent(g)", 0)]
    [InlineData("absent(nope{a=\"1\", b=~\"x\", c=\"2\", c=\"2\"})", 0, "{a=\"1\"} 1")]
    [InlineData("absent_over_time(nope{a=\"1\"}[5m])", 0, "{a=\"1\"} 1")]
    [InlineData("absent_over_time(g[5m])", 60)]
    [InlineData("sort_desc(rate(c_total[5m]))", 600, "{pod=\"web-1\"} 1", "{pod=\"db-2\"} 0.5")]
    [InlineData("sort(rate(c_total[5m]))", 600, "{pod=\"db-2\"} 0.5", "{pod=\"web-1\"} 1")]
    [InlineData("sort_by_label(rate(c_total[5m]), \"pod\")", 600, "{pod=\"db-2\"} 0.5", "{pod=\"web-1\"} 1")]
    [InlineData("label_replace(rate(c_total[5m]), \"svc\", \"$1\", \"pod\", \"([a-z]+)-.*\")", 600, "{pod=\"web-1\", svc=\"web\"} 1", "{pod=\"db-2\", svc=\"db\"} 0.5")]
    [InlineData("sum by (svc) (label_replace(c_total, \"svc\", \"all\", \"\", \"\"))", 60, "{svc=\"all\"} 90")]
    [InlineData("label_join(g, \"x\", \"-\", \"pod\", \"nope\")", 0, "{__name__=\"g\", pod=\"web-1\", x=\"web-1-\"} 4")]
    [InlineData("histogram_quantile(0.5, h_bucket{pod=\"1\"})", 600, "{pod=\"1\"} 2")]
    [InlineData("histogram_quantile(0.25, sum by (le) (rate(h_bucket[5m])))", 600, "{} 1")]
    [InlineData("histogram_fraction(0, 1, h_bucket{pod=\"1\"})", 600, "{pod=\"1\"} 0.25")]
    [InlineData("histogram_quantiles(h_bucket{pod=\"1\"}, \"q\", 0.25, 0.5)", 600, "{pod=\"1\", q=\"0.25\"} 1", "{pod=\"1\", q=\"0.5\"} 2")]
    [InlineData("histogram_count(g)", 0)]
    [InlineData("quantile_over_time(0.5, g[5m])", 180, "{pod=\"web-1\"} 5")]
    [InlineData("last_over_time(g[5m])", 180, "{__name__=\"g\", pod=\"web-1\"} 6")]
    [InlineData("delta(c_total{pod=\"web-1\"}[5m] smoothed)", 330, "{pod=\"web-1\"} 300")]
    [InlineData("increase(c_total{pod=\"web-1\"}[90s] anchored)", 330, "{pod=\"web-1\"} 60")]
    [InlineData("g smoothed", 30, "{__name__=\"g\", pod=\"web-1\"} 3")]
    public async Task Functions_at_one_time(string query, double at, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskAsync(query, at));
    }

    [Theory]
    [InlineData("label_replace(g, \"x\", \"\", \"pod\", \"(\")", "invalid regular expression in label_replace(): (")]
    [InlineData("label_replace(g, \"\", \"\", \"pod\", \"\")", "invalid destination label name in label_replace(): ")]
    [InlineData("double_exponential_smoothing(g[5m], 2, 0.5)", "invalid smoothing factor. Expected: 0 < sf < 1, got: 2.000000")]
    [InlineData("sum_over_time(g[5m] anchored)", "anchored modifier can only be used with: changes, delta, increase, rate, resets - not with sum_over_time")]
    [InlineData("changes(g[5m] smoothed)", "smoothed modifier can only be used with: delta, increase, rate - not with changes")]
    public async Task What_cannot_be_computed_says_why(string query, string message)
    {
        using EngineScene scene = Scene();

        Assert.Equal(message, await scene.FailAsync(query, 180));
    }

    [Theory]
    [InlineData("rate(g[5m])", 180, "PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"g\" (1:6)")]
    [InlineData("rate(c_total[5m])", 600)]
    [InlineData("quantile(2, g)", 0, "PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)")]
    [InlineData("histogram_quantile(-1, h_bucket{pod=\"1\"})", 600, "PromQL warning: quantile value should be between 0 and 1, got -1 (1:20)")]
    [InlineData("histogram_quantile(0.5,\n h_bucket{pod=\"2\"})", 600, "PromQL warning: bucket label \"le\" is missing or has a malformed value of \"odd\" (2:2)")]
    [InlineData("limit_ratio(2, g)", 0, "PromQL warning: ratio value should be between -1 and 1, got 2, capping to 1 (1:13)")]
    public async Task Annotations_have_upstreams_words_and_positions(string query, double at, params string[] expected)
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync(query, at);
        Assert.Equal(expected, result.Warnings.Concat(result.Infos));
    }

    [Fact]
    public async Task Sorting_a_range_query_is_pointless_and_says_so()
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.RangeAsync("sort(g)", 0, 60, 60);
        Assert.Equal(["PromQL warning: sort is ineffective for range queries since results are always ordered by labels (1:1)"], result.Warnings);
    }

    [Fact]
    public async Task Counts_that_fall_are_told_with_what_was_raised()
    {
        using var scene = new EngineScene().Load(
            60, "h_bucket{le=\"1\"} 5 5", "h_bucket{le=\"2\"} 3 2", "h_bucket{le=\"+Inf\"} 6 6");

        QueryResult result = await scene.RangeAsync("histogram_quantile(0.5, h_bucket)", 0, 60, 60);
        Assert.EndsWith(
            ", from buckets 2 to 2, with a max diff of 3, over 2 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:01:00Z (1:25)",
            Assert.Single(result.Infos),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delayed_name_removal_keeps_names_until_the_end()
    {
        using var scene = new EngineScene(new EngineOptions { DelayedNameRemoval = true }).Load(60, "a_total{x=\"1\"} 0+1x10", "b_total{x=\"1\"} 0+2x10");

        Assert.Equal(["{} 2"], await scene.AskAsync("count(count by (__name__) (rate({x=\"1\"}[5m])))", 600));
        Assert.Equal(
            ["{__name__=\"a_total\", x=\"1\"} 10"],
            await scene.AskAsync("label_replace(a_total * 1, \"__name__\", \"a_total\", \"\", \"\")", 600));
        Assert.Equal("vector cannot contain metrics with the same labelset", await scene.FailAsync("rate({x=\"1\"}[5m])", 600));
    }
}
