namespace Pharos.PromQL.Tests.Execution;

/// <summary>Series that lose what told them apart. The expected answers are those of Prometheus 3.5.</summary>
public class DuplicateTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "a{x=\"1\"} 1",
        "b{x=\"1\"} 2",
        "c{x=\"1\", y=\"1\"} 3",
        "c{x=\"1\", y=\"2\"} 4");

    [Theory]
    [InlineData("{x=\"1\", __name__=~\"a|b\"} > 0", 0, "{__name__=\"a\", x=\"1\"} 1", "{__name__=\"b\", x=\"1\"} 2")]
    [InlineData("rate({x=\"1\", __name__=~\"a|b\"}[5m])", 0)]
    [InlineData("last_over_time({x=\"1\", __name__=~\"a|b\"}[5m])", 0, "{__name__=\"a\", x=\"1\"} 1", "{__name__=\"b\", x=\"1\"} 2")]
    [InlineData("sum({x=\"1\", __name__=~\"a|b\"})", 0, "{} 3")]
    [InlineData("a + on(x) group_right c", 0, "{x=\"1\", y=\"1\"} 4", "{x=\"1\", y=\"2\"} 5")]
    [InlineData("a or b", 0, "{__name__=\"a\", x=\"1\"} 1")]
    [InlineData("a or on(x) b", 0, "{__name__=\"a\", x=\"1\"} 1")]
    [InlineData("c and on(x) a", 0, "{__name__=\"c\", x=\"1\", y=\"1\"} 3", "{__name__=\"c\", x=\"1\", y=\"2\"} 4")]
    [InlineData("c unless on(x) a", 0)]
    [InlineData("a and on() none", 0)]
    [InlineData("a unless on() none", 0, "{__name__=\"a\", x=\"1\"} 1")]
    [InlineData("none + on(x) c", 0)]
    [InlineData("absent_over_time({x=\"1\", __name__=~\"a|b\"}[5m])", 0)]
    public Task What_keeps_or_folds_the_names_is_answered(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("abs({x=\"1\", __name__=~\"a|b\"})", "vector cannot contain metrics with the same labelset")]
    [InlineData("-{x=\"1\", __name__=~\"a|b\"}", "vector cannot contain metrics with the same labelset")]
    [InlineData("{x=\"1\", __name__=~\"a|b\"} * 2", "vector cannot contain metrics with the same labelset")]
    [InlineData("{x=\"1\", __name__=~\"a|b\"} > bool 0", "vector cannot contain metrics with the same labelset")]
    [InlineData("sum_over_time({x=\"1\", __name__=~\"a|b\"}[5m])", "vector cannot contain metrics with the same labelset")]
    [InlineData("timestamp({x=\"1\", __name__=~\"a|b\"})", "vector cannot contain metrics with the same labelset")]
    [InlineData("label_replace({x=\"1\", __name__=~\"a|b\"}, \"__name__\", \"n\", \"\", \"\")", "vector cannot contain metrics with the same labelset")]
    [InlineData("label_join(c, \"y\", \"\", \"x\")", "vector cannot contain metrics with the same labelset")]
    [InlineData(
        "a + {x=\"1\", __name__=~\"a|b\"}",
        "found duplicate series for the match group {x=\"1\"} on the right hand-side of the operation: "
            + "[{__name__=\"b\", x=\"1\"}, {__name__=\"a\", x=\"1\"}];many-to-many matching not allowed: matching labels must be unique on one side")]
    [InlineData("{x=\"1\", __name__=~\"a|b\"} + a", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    [InlineData("c + on(x) a", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    [InlineData(
        "a + on(x) c",
        "found duplicate series for the match group {x=\"1\"} on the right hand-side of the operation: "
            + "[{__name__=\"c\", x=\"1\", y=\"2\"}, {__name__=\"c\", x=\"1\", y=\"1\"}];many-to-many matching not allowed: matching labels must be unique on one side")]
    [InlineData("c + on(x) group_left(y) a", "multiple matches for labels: grouping labels must ensure unique matches")]
    [InlineData("c - on(x) group_left(y) a", "multiple matches for labels: grouping labels must ensure unique matches")]
    [InlineData("c + ignoring(y) a", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    public async Task Two_elements_with_the_same_labels_are_an_error(string query, string message)
    {
        using EngineScene scene = Scene();

        Assert.Equal(message, await scene.FailAsync(query));
    }

    private static async Task AnswersAsync(string query, double at, string[] expected)
    {
        using EngineScene scene = Scene();

        string[] answer = await scene.AskAsync(query, at);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }
}
