namespace Pharos.PromQL.Tests.Execution;

public sealed class InfoTests
{
    [Theory]
    [InlineData("info(up)", "{__name__=\"up\", instance=\"a\", job=\"1\", version=\"2\", zone=\"x\"} 1", "{__name__=\"up\", instance=\"b\", job=\"1\"} 1")]
    [InlineData("info(up, {version=~\".+\"})", "{__name__=\"up\", instance=\"a\", job=\"1\", version=\"2\"} 1")]
    [InlineData("info(up, {__name__=\"build_info\"})", "{__name__=\"up\", instance=\"a\", job=\"1\", version=\"9\"} 1", "{__name__=\"up\", instance=\"b\", job=\"1\"} 1")]
    [InlineData("info(target_info)", "{__name__=\"target_info\", instance=\"a\", job=\"1\", version=\"2\", zone=\"x\"} 1")]
    [InlineData("info(sum(up))", "{} 2")]
    [InlineData("info(nothing)")]
    public async Task A_series_gets_the_labels_of_the_info_series_of_its_target(string query, params string[] expected)
    {
        using EngineScene scene = Scene();

        Assert.Equal(expected, await scene.AskAsync(query, 60));
    }

    [Fact]
    public async Task Info_series_that_contradict_each_other_are_an_error()
    {
        using EngineScene scene = Scene();

        Assert.Equal("conflicting label: version", await scene.FailAsync("info(up, {__name__=~\".+_info\"})", 60));
    }

    [Fact]
    public async Task Two_info_series_of_one_target_and_time_are_an_error()
    {
        using EngineScene scene = Scene();
        scene.Load(60, "target_info{instance=\"a\", job=\"1\", version=\"3\"} 1 1");

        Assert.StartsWith("found duplicate series for info metric: existing {__name__=\"target_info\"", await scene.FailAsync("info(up)", 60), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_info_series_changes_the_series_goes_on_with_other_labels()
    {
        using var scene = new EngineScene();
        scene.Load(60, "up{instance=\"a\", job=\"1\"} 1 1 1", "target_info{instance=\"a\", job=\"1\", version=\"2\"} 1 stale", "target_info{instance=\"a\", job=\"1\", version=\"3\"} _ 1 1");

        Assert.Equal(
            ["{__name__=\"up\", instance=\"a\", job=\"1\", version=\"2\"} 1 _ _", "{__name__=\"up\", instance=\"a\", job=\"1\", version=\"3\"} _ 1 1"],
            await scene.AskRangeAsync("info(up)", 0, 120, 60));
    }

    [Fact]
    public async Task The_time_of_the_operand_is_that_of_the_info_series()
    {
        using var scene = new EngineScene();
        scene.Load(60, "up{instance=\"a\", job=\"1\"} 1 1 1", "target_info{instance=\"a\", job=\"1\", version=\"2\"} 1 stale");

        Assert.Equal(["{__name__=\"up\", instance=\"a\", job=\"1\", version=\"2\"} 1"], await scene.AskAsync("info(up @ 0)", 120));
        Assert.Equal(["{__name__=\"up\", instance=\"a\", job=\"1\", version=\"2\"} 1"], await scene.AskAsync("info(up offset 2m)", 120));
        Assert.Equal(["{__name__=\"up\", instance=\"a\", job=\"1\"} 1"], await scene.AskAsync("info(up)", 120));
    }

    [Fact]
    public async Task A_histogram_is_no_info_metric()
    {
        using EngineScene scene = Scene();
        scene.Load(60, "odd_info{instance=\"a\", job=\"1\"} {{count:1}}x2");

        Assert.StartsWith("this should be an info metric, with float samples", await scene.FailAsync("info(up, {__name__=\"odd_info\"})", 60), StringComparison.Ordinal);
    }

    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "up{instance=\"a\", job=\"1\"} 1 1",
        "up{instance=\"b\", job=\"1\"} 1 1",
        "target_info{instance=\"a\", job=\"1\", version=\"2\", zone=\"x\"} 1 1",
        "build_info{instance=\"a\", job=\"1\", version=\"9\"} 1 1");
}
