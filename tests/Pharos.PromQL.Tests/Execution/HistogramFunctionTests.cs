namespace Pharos.PromQL.Tests.Execution;

/// <summary>Functions of instant vectors with native histograms in them; what is expected is what upstream answers.</summary>
public class HistogramFunctionTests
{
    private static EngineScene Scene(EngineOptions? options = null) => new EngineScene(options).Load(
        60,
        "h{x=\"1\"} {{schema:0 count:6 sum:9 buckets:[1 2 3]}}",
        "h{x=\"2\"} 7",
        "c_bucket{le=\"1\"} 2",
        "c_bucket{le=\"+Inf\"} 4");

    [Theory]
    [InlineData("histogram_count(h)", "{x=\"1\"} 6")]
    [InlineData("histogram_sum(h)", "{x=\"1\"} 9")]
    [InlineData("histogram_avg(h)", "{x=\"1\"} 1.5")]
    [InlineData("histogram_stdvar(h)", "{x=\"1\"} 0.9896")]
    [InlineData("histogram_stddev(h)", "{x=\"1\"} 0.9948")]
    [InlineData("histogram_count(c_bucket)")]
    [InlineData("histogram_fraction(0, 2, h{x=\"1\"})", "{x=\"1\"} 0.5")]
    [InlineData("histogram_quantile(0.5, h{x=\"1\"})", "{x=\"1\"} 2")]
    [InlineData("histogram_quantiles(h{x=\"1\"}, \"q\", 0.5, 1)", "{q=\"0.5\", x=\"1\"} 2", "{q=\"1.0\", x=\"1\"} 4")]
    [InlineData("abs(h)", "{x=\"2\"} 7")]
    [InlineData("round(h)", "{x=\"2\"} 7")]
    [InlineData("clamp(h, 1, 5)", "{x=\"2\"} 5")]
    [InlineData("clamp_max(h, 5)", "{x=\"2\"} 5")]
    [InlineData("year(h)", "{x=\"2\"} 1970")]
    [InlineData("sort(h)", "{__name__=\"h\", x=\"2\"} 7")]
    [InlineData("sort_by_label(h, \"x\")", "{__name__=\"h\", x=\"1\"} {{count:6 sum:9 buckets:[1 2 3]}}", "{__name__=\"h\", x=\"2\"} 7")]
    [InlineData("scalar(h)", "7")]
    [InlineData("scalar(h{x=\"1\"})", "NaN")]
    [InlineData("absent(h{x=\"1\"})")]
    [InlineData("timestamp(h)", "{x=\"1\"} 0", "{x=\"2\"} 0")]
    [InlineData("timestamp(h * 1)", "{x=\"1\"} 0", "{x=\"2\"} 0")]
    [InlineData("label_replace(h{x=\"1\"}, \"y\", \"$1\", \"x\", \"(.*)\")", "{__name__=\"h\", x=\"1\", y=\"1\"} {{count:6 sum:9 buckets:[1 2 3]}}")]
    [InlineData("h{x=\"1\"} @ 0", "{__name__=\"h\", x=\"1\"} {{count:6 sum:9 buckets:[1 2 3]}}")]
    public async Task Functions_take_the_kind_of_samples_that_they_know(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        string[] actual = await scene.AskAsync(query);
        Assert.Equal(expected, actual.Select(Shorten));
    }

    [Fact]
    public async Task A_histogram_function_may_be_asked_over_a_range_and_under_an_offset()
    {
        using EngineScene scene = Scene();

        Assert.Equal(["{x=\"1\"} _ 6 6"], await scene.AskRangeAsync("histogram_count(h offset 1m)", 0, 120, 60));
        Assert.Equal(["{x=\"1\"} 6 6 6"], await scene.AskRangeAsync("histogram_count(h @ 0)", 0, 120, 60));
        Assert.Equal(["{x=\"1\"} 6"], await scene.AskAsync("max_over_time(histogram_count(h)[2m:1m])", 120));
        Assert.Equal(["{x=\"1\"} 2 2"], await scene.AskRangeAsync("histogram_quantile(0.5, h{x=\"1\"})", 0, 60, 60));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " for metric name \"h\"")]
    public async Task A_number_that_is_no_bucket_is_told(bool delaysNames, string name)
    {
        using EngineScene scene = Scene(new EngineOptions { DelayedNameRemoval = delaysNames });

        QueryResult result = await scene.InstantAsync("histogram_quantile(0.5, h)", 0);
        Assert.Equal(["PromQL warning: bucket label \"le\" is missing or has a malformed value of \"\"" + name], result.Annotations.Select(static a => a.Message));
        Assert.Single(result.Rows);
        Assert.Empty((await scene.InstantAsync("histogram_quantile(0.5, h{x=\"1\"})", 0)).Annotations);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " for metric name \"h\"")]
    public async Task A_histogram_that_is_there_as_a_native_one_and_as_buckets_has_no_result_where_it_is_both(bool delaysNames, string name)
    {
        using var scene = new EngineScene(new EngineOptions { DelayedNameRemoval = delaysNames }).Load(
            60,
            "h{x=\"1\"} {{count:6 sum:9 buckets:[1 2 3]}} {{count:6 sum:9 buckets:[1 2 3]}} stale",
            "h{x=\"1\", le=\"1\"} stale 2 2",
            "h{x=\"1\", le=\"+Inf\"} stale 4 4",
            "h{x=\"2\", le=\"8\"} 1 1 1",
            "h{x=\"2\", le=\"+Inf\"} 1 1 1");

        Assert.Equal(["{x=\"1\"} 2 _ 1", "{x=\"2\"} 4 4 4"], await scene.AskRangeAsync("histogram_quantile(0.5, h)", 0, 120, 60));
        Assert.Equal(["{x=\"1\"} 0.5 _ 0.5", "{x=\"2\"} 0.25 0.25 0.25"], await scene.AskRangeAsync("histogram_fraction(0, 2, h)", 0, 120, 60));
        Assert.Equal(
            ["{q=\"0.5\", x=\"1\"} 2 _ 1", "{q=\"0.5\", x=\"2\"} 4 4 4"], await scene.AskRangeAsync("histogram_quantiles(h, \"q\", 0.5)", 0, 120, 60));
        Assert.Equal(
            ["PromQL warning: vector contains a mix of classic and native histograms" + name],
            (await scene.InstantAsync("histogram_quantile(0.5, h)", 60)).Annotations.Select(static a => a.Message));
    }

    [Theory]
    [InlineData("histogram_quantile(0.1, n)", "input to histogram_quantile has NaN observations, result is skewed higher (1:25)")]
    [InlineData("histogram_quantile(0.9, n)", "input to histogram_quantile has NaN observations, result is NaN (1:25)")]
    [InlineData("histogram_fraction(0, 1, n)", "input to histogram_fraction has NaN observations, which are excluded from all fractions (1:26)")]
    public async Task Observations_of_NaN_are_told(string query, string message)
    {
        using var scene = new EngineScene().Load(60, "n {{count:4 sum:NaN buckets:[2]}}");

        Assert.Equal(["PromQL info: " + message], (await scene.InstantAsync(query, 0)).Infos);
    }

    [Fact]
    public async Task Statistics_drop_the_name_alone_and_histograms_of_equal_labels_collide()
    {
        using var scene = new EngineScene().Load(
            60, "a{__type__=\"histogram\"} {{count:1 buckets:[1]}}", "b{__type__=\"histogram\"} {{count:1 buckets:[1]}}");

        Assert.Equal(["{__type__=\"histogram\"} 1"], await scene.AskAsync("histogram_count(a)"));
        Assert.Contains("same labelset", await scene.FailAsync("histogram_count({__type__=\"histogram\"})"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_buckets_a_comparison_sees_count_and_sum()
    {
        using var scene = new EngineScene().Load(60, "a {{count:2 sum:1 buckets:[2]}}", "b {{count:2 sum:1 offset:1 buckets:[2]}}");

        Assert.Equal(["{} 2"], await scene.AskAsync("histogram_count(a == on() b)"));
        Assert.Empty(await scene.AskAsync("a == on() b"));
        Assert.Empty(await scene.AskAsync("max_over_time(histogram_count(a == on() b)[1m:1m])"));
    }

    // Four significant digits of a number at the end.
    private static string Shorten(string row)
    {
        string last = row[(row.LastIndexOf(' ') + 1)..];
        return double.TryParse(last, System.Globalization.CultureInfo.InvariantCulture, out double value) && last.Length > 6
            ? row[..^last.Length] + value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture)
            : row;
    }
}
