namespace Pharos.PromQL.Tests.Execution;

public class AggregationTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "m{job=\"a\", pod=\"1\"} 1 2 3",
        "m{job=\"a\", pod=\"2\"} 3 _ 5",
        "m{job=\"b\", pod=\"3\"} 10 20 NaN",
        "n{job=\"a\", pod=\"1\"} 7 7 7");

    [Theory]
    [InlineData("sum(m)", "{} 14")]
    [InlineData("avg by (job) (m)", "{job=\"a\"} 2", "{job=\"b\"} 10")]
    [InlineData("min without (pod) (m)", "{job=\"a\"} 1", "{job=\"b\"} 10")]
    [InlineData("max by (nope) (m)", "{} 10")]
    [InlineData("count by (job, pod) (m)", "{job=\"a\", pod=\"1\"} 1", "{job=\"a\", pod=\"2\"} 1", "{job=\"b\", pod=\"3\"} 1")]
    [InlineData("group(m)", "{} 1")]
    [InlineData("stddev by (job) (m)", "{job=\"a\"} 1", "{job=\"b\"} 0")]
    [InlineData("stdvar by (job) (m)", "{job=\"a\"} 1", "{job=\"b\"} 0")]
    [InlineData("quantile by (job) (0.5, m)", "{job=\"a\"} 2", "{job=\"b\"} 10")]
    [InlineData("topk(1, m)", "{__name__=\"m\", job=\"b\", pod=\"3\"} 10")]
    [InlineData("bottomk by (job) (1, m)", "{__name__=\"m\", job=\"a\", pod=\"1\"} 1", "{__name__=\"m\", job=\"b\", pod=\"3\"} 10")]
    [InlineData("topk(2, m)", "{__name__=\"m\", job=\"b\", pod=\"3\"} 10", "{__name__=\"m\", job=\"a\", pod=\"2\"} 3")]
    [InlineData("topk(0, m)")]
    [InlineData("limitk(2, m)", "{__name__=\"m\", job=\"a\", pod=\"1\"} 1", "{__name__=\"m\", job=\"a\", pod=\"2\"} 3")]
    [InlineData("limit_ratio(1, sum(m))", "{} 14")]
    [InlineData("limit_ratio(0, m)")]
    [InlineData("count_values(\"v\", m > 2)", "{v=\"3\"} 1", "{v=\"10\"} 1")]
    [InlineData("count_values by (job) (\"v\", n - n)", "{job=\"a\", v=\"0\"} 1")]
    [InlineData("sum(nothing)")]
    [InlineData("sum by (__name__) ({job=\"a\"})", "{__name__=\"m\"} 4", "{__name__=\"n\"} 7")]
    public async Task Aggregations_of_one_step(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskAsync(query));
    }

    [Theory]
    [InlineData("sum by (job) (m)", "{job=\"a\"} 4 5 8", "{job=\"b\"} 10 20 NaN")]
    [InlineData("max(m)", "{} 10 20 5")]
    [InlineData("min(m)", "{} 1 2 3")]
    [InlineData("count(m > 2)", "{} 2 2 2")]
    [InlineData("topk(1, m)", "{__name__=\"m\", job=\"a\", pod=\"2\"} _ _ 5", "{__name__=\"m\", job=\"b\", pod=\"3\"} 10 20 _")]
    [InlineData("quantile(scalar(m{pod=\"1\"}) - 1, m{job=\"a\"})", "{} 1 3 +Inf")]
    [InlineData("limitk(1, m{pod!=\"1\"})", "{__name__=\"m\", job=\"a\", pod=\"2\"} 3 3 5")]
    [InlineData("topk(scalar(m{pod=\"1\"}) - 1, m{job=\"a\"})", "{__name__=\"m\", job=\"a\", pod=\"1\"} _ _ 3", "{__name__=\"m\", job=\"a\", pod=\"2\"} _ 3 5")]
    public async Task Aggregations_of_several_steps(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        string[] actual = await scene.AskRangeAsync(query, 0, 120, 60);
        Assert.Equal(expected.Select(static e => e.Replace("+Inf", "Infinity", StringComparison.Ordinal)), actual);
    }

    [Fact]
    public async Task An_average_whose_sum_overflows_is_right_all_the_same()
    {
        using var scene = new EngineScene().Load(60, "m{x=\"1\"} 1e308", "m{x=\"2\"} 1e308", "m{x=\"3\"} -1e308", "i{x=\"1\"} Inf", "i{x=\"2\"} 1");

        Assert.Equal(["{} 1E+308"], await scene.AskAsync("avg(m{x!=\"3\"})"));
        Assert.Equal(["{} Infinity"], await scene.AskAsync("avg(i)"));
    }

    [Theory]
    [InlineData("topk(NaN, m)", "Parameter value is NaN")]
    [InlineData("limit_ratio(NaN, m)", "Ratio value is NaN")]
    [InlineData("topk(1e20, m)", "Scalar value 1e+20 overflows int64")]
    [InlineData("count_values(\"\", m)", "invalid label name \"\"")]
    public async Task Impossible_parameters_are_errors(string query, string message)
    {
        using EngineScene scene = Scene();

        Assert.Equal(message, await scene.FailAsync(query));
    }

    [Theory]
    [InlineData("topk")]
    [InlineData("limitk")]
    [InlineData("limit_ratio")]
    [InlineData("quantile")]
    public async Task Of_a_parameter_and_an_operand_that_both_fail_the_parameter_is_named(string aggregation)
    {
        using EngineScene scene = Scene();

        string message = await scene.FailAsync($"{aggregation}(scalar(n * on () m), m * on (job) m)");
        Assert.StartsWith("found duplicate series for the match group {} on the right", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_groups_are_folded_group_by_group()
    {
        using var scene = new EngineScene();
        for (int i = 0; i < 6000; i++)
        {
            scene.Load(60, $"m{{pod=\"{i % 3000}\", x=\"{i}\"}} {i}+1x200");
        }

        QueryResult result = await scene.RangeAsync("sum by (pod) (m)", 0, 12_000, 60);
        Assert.Equal(3000, result.Rows.Count);
        ResultRow row = Assert.Single(result.Rows, static r => r.Labels["pod"] == "17");
        Assert.Equal((17 + 3017) + 20, row.Values.Span[10]);
    }
}
