namespace Pharos.PromQL.Tests.Execution;

/// <summary>Binary operators of which a side may be a native histogram; what is expected is what upstream answers.</summary>
public class HistogramOperatorTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "h{x=\"1\"} {{schema:0 count:6 sum:10 buckets:[1 2 3]}}",
        "h{x=\"2\"} {{schema:0 count:2 sum:4 buckets:[2]}}",
        "g{x=\"1\"} {{schema:0 count:4 sum:2 z_bucket:1 buckets:[3]}}",
        "g{x=\"2\"} {{schema:0 count:2 sum:4 buckets:[2]}}",
        "custom{x=\"1\"} {{schema:-53 count:6 sum:10 custom_values:[5 10] buckets:[1 2 3]}}",
        "other{x=\"1\"} {{schema:-53 count:3 sum:4 custom_values:[5 20] buckets:[1 1 1]}}",
        "n{x=\"1\"} 2",
        "n{x=\"2\"} 4");

    [Theory]
    [InlineData("h + g", "{x=\"1\"} {{count:10 sum:12 z_bucket:1 buckets:[4 2 3]}}", "{x=\"2\"} {{count:4 sum:8 buckets:[4]}}")]
    [InlineData("h - g", "{x=\"1\"} {{count:2 sum:8 z_bucket:-1 counter_reset_hint:gauge buckets:[-2 2 3]}}", "{x=\"2\"} {{counter_reset_hint:gauge}}")]
    [InlineData("h{x=\"1\"} * 2", "{x=\"1\"} {{count:12 sum:20 buckets:[2 4 6]}}")]
    [InlineData("2 * h{x=\"1\"}", "{x=\"1\"} {{count:12 sum:20 buckets:[2 4 6]}}")]
    [InlineData("h{x=\"1\"} / 2", "{x=\"1\"} {{count:3 sum:5 buckets:[0.5 1 1.5]}}")]
    [InlineData("h * n", "{x=\"1\"} {{count:12 sum:20 buckets:[2 4 6]}}", "{x=\"2\"} {{count:8 sum:16 buckets:[8]}}")]
    [InlineData("n * h", "{x=\"1\"} {{count:12 sum:20 buckets:[2 4 6]}}", "{x=\"2\"} {{count:8 sum:16 buckets:[8]}}")]
    [InlineData("h / n", "{x=\"1\"} {{count:3 sum:5 buckets:[0.5 1 1.5]}}", "{x=\"2\"} {{count:0.5 sum:1 buckets:[0.5]}}")]
    [InlineData("-h{x=\"2\"}", "{x=\"2\"} {{count:-2 sum:-4 counter_reset_hint:gauge buckets:[-2]}}")]
    [InlineData("h == g", "{__name__=\"h\", x=\"2\"} {{count:2 sum:4 buckets:[2]}}")]
    [InlineData("h != g", "{__name__=\"h\", x=\"1\"} {{count:6 sum:10 buckets:[1 2 3]}}")]
    [InlineData("h == bool g", "{x=\"1\"} 0", "{x=\"2\"} 1")]
    [InlineData("h != bool g", "{x=\"1\"} 1", "{x=\"2\"} 0")]
    [InlineData("h{x=\"1\"} </ 2", "{__name__=\"h\", x=\"1\"} {{count:3 sum:3.5355339059327378 buckets:[1 2]}}")]
    [InlineData("h{x=\"1\"} >/ 2", "{__name__=\"h\", x=\"1\"} {{count:3 sum:8.485281374238571 offset:2 buckets:[3]}}")]
    [InlineData("h{x=\"1\"} >/ on(x) n", "{x=\"1\"} {{count:3 sum:8.485281374238571 offset:2 buckets:[3]}}")]
    [InlineData("h and n", "{__name__=\"h\", x=\"1\"} {{count:6 sum:10 buckets:[1 2 3]}}", "{__name__=\"h\", x=\"2\"} {{count:2 sum:4 buckets:[2]}}")]
    [InlineData("h unless n{x=\"1\"}", "{__name__=\"h\", x=\"2\"} {{count:2 sum:4 buckets:[2]}}")]
    [InlineData("n{x=\"1\"} or h", "{__name__=\"n\", x=\"1\"} 2", "{__name__=\"h\", x=\"2\"} {{count:2 sum:4 buckets:[2]}}")]
    [InlineData("h{x=\"2\"} + ignoring(x) group_right g{x=\"2\"}", "{x=\"2\"} {{count:4 sum:8 buckets:[4]}}")]
    [InlineData("h / ignoring(x) group_left n{x=\"1\"}", "{x=\"1\"} {{count:3 sum:5 buckets:[0.5 1 1.5]}}", "{x=\"2\"} {{count:1 sum:2 buckets:[1]}}")]
    [InlineData("n{x=\"1\"} * ignoring(x) group_right h", "{x=\"1\"} {{count:12 sum:20 buckets:[2 4 6]}}", "{x=\"2\"} {{count:4 sum:8 buckets:[4]}}")]
    public async Task Operators_that_histograms_have(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskAsync(query));
        Assert.Empty((await scene.InstantAsync(query, 0)).Annotations);
    }

    [Theory]
    [InlineData("h + 1", "+", "histogram + float")]
    [InlineData("1 - h", "-", "float - histogram")]
    [InlineData("2 / h", "/", "float / histogram")]
    [InlineData("h % 2", "%", "histogram % float")]
    [InlineData("h ^ 2", "^", "histogram ^ float")]
    [InlineData("h > 1", ">", "histogram > float")]
    [InlineData("h == 1", "==", "histogram == float")]
    [InlineData("1 != bool h", "!=", "float != histogram")]
    [InlineData("2 </ h", "</", "float </ histogram")]
    [InlineData("n >/ 1", ">/", "float >/ float")]
    [InlineData("h + n", "+", "histogram + float")]
    [InlineData("n == h", "==", "float == histogram")]
    [InlineData("n == bool h", "==", "float == histogram")]
    [InlineData("h * g", "*", "histogram * histogram")]
    [InlineData("h / g", "/", "histogram / histogram")]
    [InlineData("h > bool g", ">", "histogram > histogram")]
    [InlineData("h atan2 g", "atan2", "histogram atan2 histogram")]
    [InlineData("h </ g", "</", "histogram </ histogram")]
    [InlineData("n </ n", "</", "float </ float")]
    public async Task Operators_that_they_have_not_give_nothing_and_an_info(string query, string op, string what)
    {
        using EngineScene scene = Scene();

        Assert.Empty(await scene.AskAsync(query));
        Assert.Equal(
            [$"PromQL info: incompatible sample types encountered for binary operator \"{op}\": {what} (1:1)"], (await scene.InstantAsync(query, 0)).Infos);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    public async Task Exponential_and_custom_buckets_do_not_go_together(string op)
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync($"h {op} custom", 0);
        Assert.Empty(result.Rows);
        Assert.Equal([$"PromQL warning: incompatible bucket layout encountered for binary operator {op} (1:1)"], result.Warnings);
    }

    [Theory]
    [InlineData("custom + other", "addition", "{x=\"1\"} {{schema:-53 count:9 sum:14 custom_values:[5] buckets:[2 7]}}")]
    [InlineData("custom - other", "subtraction", "{x=\"1\"} {{schema:-53 count:3 sum:6 custom_values:[5] counter_reset_hint:gauge offset:1 buckets:[3]}}")]
    public async Task Custom_bounds_that_differ_are_reduced_to_those_that_both_have(string query, string operation, string expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal([expected], await scene.AskAsync(query));
        Assert.Equal([$"PromQL info: mismatched custom buckets were reconciled during {operation} (1:1)"], (await scene.InstantAsync(query, 0)).Infos);
    }

    [Theory]
    [InlineData("+", "addition")]
    [InlineData("-", "subtraction")]
    public async Task Contradicting_hints_about_resets_leave_nothing(string op, string operation)
    {
        using var scene = new EngineScene().Load(
            60,
            "h {{count:4 sum:4 buckets:[4]}} {{count:5 sum:5 buckets:[5]}}",
            "g {{count:4 sum:4 buckets:[4]}} {{count:1 sum:1 buckets:[1]}}");

        QueryResult result = await scene.InstantAsync($"histogram_count(h {op} g)", 60);
        Assert.Empty(result.Rows);
        Assert.Equal([$"PromQL warning: conflicting counter resets during histogram {operation} (1:17)"], result.Warnings);
    }

    [Fact]
    public async Task Only_the_last_thing_of_a_step_is_told()
    {
        using var scene = new EngineScene().Load(
            60, "a{x=\"1\"} 1 1", "a{x=\"2\"} {{count:1 buckets:[1]}} 1", "b{x=\"1\"} {{count:1 buckets:[1]}} {{count:1 buckets:[1]}}", "b{x=\"2\"} 1 {{count:1 buckets:[1]}}");

        const string FloatFirst = "PromQL info: incompatible sample types encountered for binary operator \"+\": float + histogram";
        const string HistogramFirst = "PromQL info: incompatible sample types encountered for binary operator \"+\": histogram + float";
        Assert.Equal([HistogramFirst], (await scene.InstantAsync("a + b", 0)).Annotations.Select(static a => a.Message));
        Assert.Equal([HistogramFirst], (await scene.InstantAsync("a + on(x) group_left b", 0)).Annotations.Select(static a => a.Message));
        Assert.Equal([FloatFirst, HistogramFirst], (await scene.RangeAsync("a + b", 0, 60, 60)).Annotations.Select(static a => a.Message));
    }

    [Fact]
    public async Task A_fill_value_meets_a_histogram_as_a_number_does()
    {
        using EngineScene scene = Scene();

        Assert.Equal(
            ["{x=\"1\"} {{count:12 sum:20 buckets:[2 4 6]}}", "{x=\"2\"} {{count:6 sum:12 buckets:[6]}}"],
            await scene.AskAsync("h * fill_right(3) n{x=\"1\"}"));
        Assert.Equal(["{x=\"1\"} 4"], await scene.AskAsync("n{x=\"1\"} + fill(2) n{x=\"1\"}"));
        QueryResult result = await scene.InstantAsync("h{x=\"1\"} + fill(0) g{x=\"2\"}", 0);
        Assert.Empty(result.Rows);
        Assert.Equal(
            ["PromQL info: incompatible sample types encountered for binary operator \"+\": float + histogram (1:1)"], result.Infos);
    }

    [Fact]
    public async Task A_pair_without_a_result_does_not_count_as_a_match()
    {
        using var scene = new EngineScene().Load(60, "a{x=\"1\", y=\"1\"} {{count:1 buckets:[1]}}", "a{x=\"1\", y=\"2\"} 5", "b{x=\"1\"} 1");

        Assert.Equal(["{x=\"1\"} 6"], await scene.AskAsync("a + on(x) b"));
        Assert.Contains("multiple matches for labels", await scene.FailAsync("a * on(x) b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_of_a_range_are_combined_each_by_itself()
    {
        using var scene = new EngineScene().Load(60, "a 1 {{count:1 buckets:[1]}} 3 {{count:2 buckets:[2]}}", "b 2 2 {{count:3 buckets:[3]}} {{count:2 buckets:[2]}}");

        Assert.Equal(["{} 2 {{count:2 buckets:[2]}} {{count:9 buckets:[9]}} _"], await scene.AskRangeAsync("a * b", 0, 180, 60));
        Assert.Equal(["{__name__=\"a\"} _ _ _ {{count:2 buckets:[2]}}"], await scene.AskRangeAsync("a == b", 0, 180, 60));
        Assert.Equal(["{} 2 {{count:2 buckets:[2]}} 6 {{count:4 buckets:[4]}}"], await scene.AskRangeAsync("a * 2", 0, 180, 60));
        Assert.Equal(["{__name__=\"a\"} _ _ 3 _"], await scene.AskRangeAsync("a > 1", 0, 180, 60));
    }

    [Fact]
    public async Task A_negated_histogram_keeps_its_empty_buckets_and_so_is_another_than_that_times_minus_1()
    {
        using var scene = new EngineScene().Load(60, "h {{count:2 sum:2 buckets:[1 0 1]}}", "g {{count:2 sum:2 buckets:[1 1]}}");

        Assert.Empty(await scene.AskAsync("-h == h * -1"));
        Assert.Single(await scene.AskAsync("-g == g * -1"));
        Assert.Single(await scene.AskAsync("-h == -h"));
    }

    [Fact]
    public async Task Scalars_cannot_be_trimmed()
    {
        using EngineScene scene = Scene();

        Assert.Contains("not allowed for Scalar operations", await scene.FailAsync("2 </ 1"), StringComparison.Ordinal);
        Assert.Contains("not allowed for Scalar operations", await scene.FailAsync("time() >/ 1"), StringComparison.Ordinal);
    }
}
