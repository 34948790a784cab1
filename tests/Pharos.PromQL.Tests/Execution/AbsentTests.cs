namespace Pharos.PromQL.Tests.Execution;

/// <summary>What absent and absent_over_time know about what is not there. The expected answers are those of Prometheus 3.5.</summary>
public class AbsentTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "g{a=\"x\"} 1");

    [Theory]
    [InlineData("absent_over_time(n{a=\"1\", b!=\"2\"}[5m])", 0, "{a=\"1\"} 1")]
    [InlineData("absent_over_time(n{a=\"1\"}[5m:1m])", 0, "{} 1")]
    [InlineData("absent_over_time(sum(n{a=\"1\"})[5m:1m])", 0, "{} 1")]
    [InlineData("absent_over_time(rate(n{a=\"1\"}[5m])[5m:])", 0, "{} 1")]
    [InlineData("absent_over_time(g[1m])", 0)]
    [InlineData("absent_over_time(g[1m] offset 1m)", 0, "{} 1")]
    [InlineData("absent_over_time(g{a=\"x\"}[1s] offset 5m)", 0, "{a=\"x\"} 1")]
    [InlineData("present_over_time(g[1m])", 0, "{a=\"x\"} 1")]
    public Task Absence_over_time_tells_labels_of_a_selector_only(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("absent(g)", 0)]
    [InlineData("absent(n)", 0, "{} 1")]
    [InlineData("absent(n{a=\"1\"})", 0, "{a=\"1\"} 1")]
    [InlineData("absent(n{a=\"1\", b!=\"2\"})", 0, "{a=\"1\"} 1")]
    [InlineData("absent(n{a=~\"1\"})", 0, "{} 1")]
    [InlineData("absent(n{a=~\"1|2\", b=\"3\"})", 0, "{b=\"3\"} 1")]
    [InlineData("absent(n{a=\"1\", a=\"2\"})", 0, "{} 1")]
    [InlineData("absent(n{a=\"1\", a!=\"3\"})", 0, "{} 1")]
    [InlineData("absent(n{a=\"\"})", 0, "{} 1")]
    [InlineData("absent({__name__=\"n\", a=\"1\"})", 0, "{a=\"1\"} 1")]
    [InlineData("absent(sum(n{a=\"1\"}))", 0, "{} 1")]
    [InlineData("absent((n{a=\"1\"}))", 0, "{a=\"1\"} 1")]
    [InlineData("absent(n{a=\"1\"} > 0)", 0, "{} 1")]
    [InlineData("absent(n{a=\"1\"} offset 5m)", 0, "{a=\"1\"} 1")]
    [InlineData("absent(n{a=\"1\"} @ 0)", 0, "{a=\"1\"} 1")]
    [InlineData("absent(rate(n{a=\"1\"}[5m]))", 0, "{} 1")]
    [InlineData("absent(g > 5)", 0, "{} 1")]
    [InlineData("absent(vector(1))", 0)]
    [InlineData("absent(absent(g))", 0, "{} 1")]
    [InlineData("absent(-n{a=\"1\"})", 0, "{} 1")]
    public Task Absence_tells_the_labels_that_one_equality_names(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    private static async Task AnswersAsync(string query, double at, string[] expected)
    {
        using EngineScene scene = Scene();

        string[] answer = await scene.AskAsync(query, at);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }
}
