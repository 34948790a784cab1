namespace Pharos.PromQL.Tests.Execution;

/// <summary>label_replace and label_join. The expected answers are those of Prometheus 3.5.</summary>
public class LabelFunctionTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "g{a=\"x\", b=\"y-1\"} 1",
        "d{a=\"1\", b=\"s\"} 1",
        "d{a=\"2\", b=\"s\"} 2");

    [Theory]
    [InlineData("label_replace(g, \"b\", \"\", \"a\", \"x\")", 0, "{__name__=\"g\", a=\"x\"} 1")]
    [InlineData("label_replace(g, \"b\", \"z\", \"a\", \"y\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"$1$2\", \"b\", \"(.*)-(.*)\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"y1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"$3\", \"b\", \"(.*)-(.*)\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"$$1\", \"b\", \"(.*)\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"$1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"${name}!\", \"b\", \"(?P<name>.)-1\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"y!\"} 1")]
    [InlineData("label_replace(g, \"c\", \"v\", \"none\", \"\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"v\"} 1")]
    [InlineData("label_replace(g, \"c\", \"v\", \"none\", \".+\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"v\", \"a\", \"X\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"v\", \"a\", \"(?i)X\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"v\"} 1")]
    [InlineData("label_replace(g, \"__name__\", \"n_$1\", \"a\", \"(.*)\")", 0, "{__name__=\"n_x\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"a\", \"$1\", \"b\", \"y\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"9x\", \"v\", \"\", \"\")", 0, "{\"9x\"=\"v\", __name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"$1x\", \"a\", \"(.)\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_replace(g, \"c\", \"${1}x\", \"a\", \"(.)\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"xx\"} 1")]
    [InlineData("label_replace(g * 2, \"c\", \"v\", \"a\", \"\")", 0, "{a=\"x\", b=\"y-1\"} 2")]
    public Task Label_replace_writes_what_the_whole_value_matched(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("label_join(g, \"c\", \"-\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_join(g, \"c\", \",\", \"a\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"x\"} 1")]
    [InlineData("label_join(g, \"c\", \"\", \"a\", \"b\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"xy-1\"} 1")]
    [InlineData("label_join(g, \"a\", \"-\", \"none\")", 0, "{__name__=\"g\", b=\"y-1\"} 1")]
    [InlineData("label_join(g, \"c\", \"-\", \"none\", \"a\", \"none\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"-x-\"} 1")]
    [InlineData("label_join(g, \"__name__\", \"_\", \"a\", \"b\")", 0, "{__name__=\"x_y-1\", a=\"x\", b=\"y-1\"} 1")]
    [InlineData("label_join(g, \"c\", \"-\", \"__name__\", \"a\")", 0, "{__name__=\"g\", a=\"x\", b=\"y-1\", c=\"g-x\"} 1")]
    public Task Label_join_puts_values_in_a_row_and_an_empty_result_takes_the_label_away(string query, double at, params string[] expected) => AnswersAsync(query, at, expected);

    [Theory]
    [InlineData("label_replace(d, \"a\", \"\", \"\", \"\")", "vector cannot contain metrics with the same labelset")]
    [InlineData("label_replace(d, \"a\", \"same\", \"b\", \"s\")", "vector cannot contain metrics with the same labelset")]
    [InlineData("label_join(d, \"a\", \"-\", \"b\")", "vector cannot contain metrics with the same labelset")]
    [InlineData("label_join(g, \"\", \"-\", \"a\")", "invalid destination label name in label_join(): ")]
    public async Task Series_that_became_the_same_and_impossible_names_are_errors(string query, string message)
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
