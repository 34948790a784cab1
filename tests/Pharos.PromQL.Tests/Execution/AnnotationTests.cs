namespace Pharos.PromQL.Tests.Execution;

/// <summary>Which annotations a query has, and where they point: found by asking the real Prometheus the same.</summary>
public class AnnotationTests
{
    private const string NotACounter = "PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"g\"";
    private const string BadQuantile = "PromQL warning: quantile value should be between 0 and 1, got ";
    private const string NotMonotonic = "PromQL info: input to histogram_quantile needed to be fixed for monotonicity";

    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "g{x=\"1\"} 1 2 4",
        "g{x=\"2\"} 1 2 4",
        "other{x=\"1\"} 7 7 7",
        "native{x=\"1\"} {{schema:0 sum:1 count:1 buckets:[1]}} {{schema:0 sum:2 count:2 buckets:[2]}} {{schema:0 sum:3 count:3 buckets:[3]}}",
        "late{x=\"1\"} _ _ _ _ _ _ _ _ _ _ 1",
        "h_bucket{le=\"1\", x=\"1\"} 5 5 5",
        "h_bucket{le=\"+Inf\", x=\"1\"} 3 3 3",
        "odd_bucket{le=\"odd\"} _ _ _ _ _ _ _ _ _ _ 1",
        "odd_bucket{le=\"+Inf\"} 1 1 1");

    [Theory]
    [InlineData("rate(g[5m]) / rate(g[5m])", NotACounter + " (1:20)")]
    [InlineData("rate(g[5m]) / rate(g[4m])", NotACounter + " (1:20)")]
    [InlineData("2 * (quantile(2, g) - 2)", BadQuantile + "2 (1:15)")]
    [InlineData("quantile(2, g) + quantile(2, g)", BadQuantile + "2 (1:27)")]
    [InlineData("histogram_quantile(2, nothing * 0) or (2 * other)", BadQuantile + "2 (1:20)")]
    [InlineData("quantile_over_time((-1), g[5m])", BadQuantile + "-1 (1:21)")]
    public Task Of_equal_annotations_the_last_place_is_told(string query, string expected) => TellsAsync(query, 120, expected);

    [Theory]
    [InlineData("rate(g[5m]) / nothing", NotACounter + " (1:6)")]
    [InlineData("nothing / on (x) rate(g[5m])", NotACounter + " (1:23)")]
    [InlineData("other{x=\"3\"} * on (x) group_left () rate(g[5m])", NotACounter + " (1:42)")]
    [InlineData("topk(0, rate(g[5m]))", NotACounter + " (1:14)")]
    [InlineData("limitk(0, rate(g[5m]))", NotACounter + " (1:16)")]
    [InlineData("nothing * on (x) idelta(native[5m])", "PromQL warning: this native histogram metric is not a gauge: \"native\" (1:25)")]
    [InlineData("rate(g[5m]) unless on () other", NotACounter + " (1:6)")]
    public Task What_a_join_or_a_limit_does_not_take_is_told_of_too(string query, string expected) => TellsAsync(query, 120, expected);

    [Fact]
    public async Task Counts_that_fall_are_told_of_histograms_that_meet_nothing()
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync("histogram_quantile(0.5, h_bucket) + nothing", 120);
        Assert.StartsWith(NotMonotonic, Assert.Single(result.Infos), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_histograms_whose_counts_fall_the_first_place_is_told()
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync("histogram_quantile(0.5, h_bucket) and histogram_quantile(0.4, h_bucket)", 120);
        Assert.EndsWith(" (1:25)", Assert.Single(result.Infos), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quantile_that_is_wrong_otherwise_at_every_step_is_told_for_each()
    {
        using EngineScene scene = Scene();

        string[] expected = [BadQuantile + "2 (1:20)", BadQuantile + "62 (1:20)", BadQuantile + "122 (1:20)"];
        QueryResult ofHistograms = await scene.RangeAsync("histogram_quantile(time() + 2, other{le=\"\"})", 0, 120, 60);
        QueryResult overTime = await scene.RangeAsync("quantile_over_time(time() + 2, other[5m])", 0, 120, 60);
        Assert.Equal(expected.Order(StringComparer.Ordinal), ofHistograms.Warnings.Where(static w => w.Contains("quantile", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), overTime.Warnings.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("quantile_over_time(2, late[5m])")]
    [InlineData("quantile_over_time(2, (g unless g)[5m:1m])")]
    [InlineData("quantile_over_time(2, native[5m])")]
    [InlineData("bottomk(0, native)")]
    [InlineData("histogram_quantile(0.5, odd_bucket)")]
    [InlineData("double_exponential_smoothing(late[5m], 2, 2)")]
    [InlineData("double_exponential_smoothing((g unless g)[5m:1m], 2, 2)")]
    public Task Where_there_are_no_samples_nothing_is_told_nor_refused(string query) => TellsAsync(query, 120);

    private static async Task TellsAsync(string query, double at, params string[] expected)
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync(query, at);
        Assert.Equal(expected, result.Warnings.Concat(result.Infos));
    }
}
