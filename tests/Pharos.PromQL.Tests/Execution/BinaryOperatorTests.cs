namespace Pharos.PromQL.Tests.Execution;

public class BinaryOperatorTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "a{pod=\"1\", node=\"x\"} 10 20",
        "a{pod=\"2\", node=\"x\"} 30 40",
        "b{pod=\"1\", node=\"x\"} 1 _",
        "b{pod=\"2\", node=\"y\"} 3 4",
        "info{node=\"x\", zone=\"z\"} 1 1",
        "twice{node=\"x\", n=\"1\"} 1 stale",
        "twice{node=\"x\", n=\"2\"} _ 5");

    [Theory]
    [InlineData("1 + 2 * 3 ^ 2", "19")]
    [InlineData("7 % 4 - -1", "4")]
    [InlineData("1 > bool 2", "0")]
    [InlineData("a * 2", "{node=\"x\", pod=\"1\"} 20", "{node=\"x\", pod=\"2\"} 60")]
    [InlineData("-a{pod=\"1\"}", "{node=\"x\", pod=\"1\"} -10")]
    [InlineData("a > 10", "{__name__=\"a\", node=\"x\", pod=\"2\"} 30")]
    [InlineData("10 < a", "{__name__=\"a\", node=\"x\", pod=\"2\"} 30")]
    [InlineData("a > bool 10", "{node=\"x\", pod=\"1\"} 0", "{node=\"x\", pod=\"2\"} 1")]
    [InlineData("2 - a", "{node=\"x\", pod=\"1\"} -8", "{node=\"x\", pod=\"2\"} -28")]
    [InlineData("a - b", "{node=\"x\", pod=\"1\"} 9")]
    [InlineData("a - on(pod) b", "{pod=\"1\"} 9", "{pod=\"2\"} 27")]
    [InlineData("a / ignoring(node) b", "{pod=\"1\"} 10", "{pod=\"2\"} 10")]
    [InlineData("a > on(pod) b", "{pod=\"1\"} 10", "{pod=\"2\"} 30")]
    [InlineData("a == bool on(pod) b", "{pod=\"1\"} 0", "{pod=\"2\"} 0")]
    [InlineData("a * on(node) group_left(zone) info", "{node=\"x\", pod=\"1\", zone=\"z\"} 10", "{node=\"x\", pod=\"2\", zone=\"z\"} 30")]
    [InlineData("info * on(node) group_right(zone) a", "{node=\"x\", pod=\"1\", zone=\"z\"} 10", "{node=\"x\", pod=\"2\", zone=\"z\"} 30")]
    [InlineData("info - on(node) group_right a", "{node=\"x\", pod=\"1\"} -9", "{node=\"x\", pod=\"2\"} -29")]
    [InlineData("a * on(node) group_left twice", "{node=\"x\", pod=\"1\"} 10", "{node=\"x\", pod=\"2\"} 30")]
    [InlineData("a atan2 on(pod) b", "{pod=\"1\"} 1.4711276743037347", "{pod=\"2\"} 1.4711276743037347")]
    [InlineData("a and on(pod) b{node=\"y\"}", "{__name__=\"a\", node=\"x\", pod=\"2\"} 30")]
    [InlineData("a unless on(pod) b{node=\"y\"}", "{__name__=\"a\", node=\"x\", pod=\"1\"} 10")]
    [InlineData("a or on(node) b", "{__name__=\"a\", node=\"x\", pod=\"1\"} 10", "{__name__=\"a\", node=\"x\", pod=\"2\"} 30", "{__name__=\"b\", node=\"y\", pod=\"2\"} 3")]
    [InlineData("a + fill(0) b", "{node=\"x\", pod=\"1\"} 11", "{node=\"x\", pod=\"2\"} 30", "{node=\"y\", pod=\"2\"} 3")]
    public async Task Operators_at_one_time(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskAsync(query));
    }

    [Theory]
    [InlineData("a - on(pod) b", "{pod=\"1\"} 9 19", "{pod=\"2\"} 27 36")]
    [InlineData("a * on(node) group_left twice", "{node=\"x\", pod=\"1\"} 10 100", "{node=\"x\", pod=\"2\"} 30 200")]
    [InlineData("sum(a > 30) or vector(0)", "{} 0 40")]
    [InlineData("a > 15 unless a > 35", "{__name__=\"a\", node=\"x\", pod=\"1\"} _ 20", "{__name__=\"a\", node=\"x\", pod=\"2\"} 30 _")]
    [InlineData("time() - 60", "{} -60 0")]
    public async Task Operators_over_several_steps(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskRangeAsync(query, 0, 60, 60));
    }

    [Theory]
    [InlineData(
        "a * on(node) info * on(node) twice",
        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    [InlineData(
        "info * on(node) a",
        "found duplicate series for the match group {node=\"x\"} on the right hand-side of the operation: [{__name__=\"a\", node=\"x\", pod=\"2\"}, "
            + "{__name__=\"a\", node=\"x\", pod=\"1\"}];many-to-many matching not allowed: matching labels must be unique on one side")]
    [InlineData(
        "a * on(node) group_right info",
        "found duplicate series for the match group {node=\"x\"} on the left hand-side of the operation: [{__name__=\"a\", node=\"x\", pod=\"2\"}, "
            + "{__name__=\"a\", node=\"x\", pod=\"1\"}];many-to-many matching not allowed: matching labels must be unique on one side")]
    [InlineData("a * on(node) group_left(pod) info", "multiple matches for labels: grouping labels must ensure unique matches")]
    [InlineData("{__name__=~\"a|b\", pod=\"1\"} * 2", "vector cannot contain metrics with the same labelset")]
    [InlineData("rate({__name__=~\"a|info2\", pod=\"1\"}[5m]) + label_replace(a, \"pod\", \"\", \"\", \"\")", "vector cannot contain metrics with the same labelset")]
    public async Task Ambiguous_matches_are_errors_in_upstreams_words(string query, string message)
    {
        using EngineScene scene = Scene();

        Assert.Equal(message, await scene.FailAsync(query));
    }

    [Fact]
    public async Task An_ambiguity_that_never_meets_at_one_step_is_none()
    {
        using EngineScene scene = Scene();

        Assert.Equal(["{node=\"x\"} 1 5"], await scene.AskRangeAsync("info * on(node) twice", 0, 60, 60));
    }

    [Fact]
    public async Task Rows_that_lost_their_names_become_one_where_they_never_meet()
    {
        using var scene = new EngineScene().Load(60, "a{x=\"1\"} 1 stale", "b{x=\"1\"} _ 2");

        Assert.Equal(["{x=\"1\"} 2 4"], await scene.AskRangeAsync("{x=\"1\"} * 2", 0, 60, 60));
    }

    [Fact]
    public async Task Trimming_a_number_gives_nothing_and_an_info()
    {
        using EngineScene scene = Scene();

        Assert.Empty(await scene.AskAsync("a </ 2"));
        Assert.Contains(
            "PromQL info: incompatible sample types encountered for binary operator \"</\": float </ float (1:1)",
            (await scene.InstantAsync("a </ 2", 0)).Infos);
    }
}
