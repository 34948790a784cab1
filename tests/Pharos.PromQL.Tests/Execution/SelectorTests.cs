namespace Pharos.PromQL.Tests.Execution;

public class SelectorTests
{
    [Fact]
    public async Task A_sample_stands_in_until_the_look_back_is_over()
    {
        using var scene = new EngineScene().Load(60, "a 1 _ _ _ _ _ 2");

        Assert.Equal(["{__name__=\"a\"} 1 1 1 1 1 _ 2"], await scene.AskRangeAsync("a", 0, 360, 60));
    }

    [Fact]
    public async Task A_staleness_marker_ends_a_series_at_once()
    {
        using var scene = new EngineScene().Load(60, "a 1 stale _ 2");

        Assert.Equal(["{__name__=\"a\"} 1 _ _ 2"], await scene.AskRangeAsync("a", 0, 180, 60));
        Assert.Empty(await scene.AskAsync("a", 119));
        Assert.Equal(["{} 2"], await scene.AskAsync("count_over_time(a[10m])", 180));
    }

    [Fact]
    public async Task NaN_is_a_value()
    {
        using var scene = new EngineScene().Load(60, "a NaN");

        Assert.Equal(["{__name__=\"a\"} NaN"], await scene.AskAsync("a", 30));
        Assert.Equal(["{} 1"], await scene.AskAsync("count(a)", 30));
    }

    [Fact]
    public async Task Offset_looks_back_and_a_negative_one_forward()
    {
        using var scene = new EngineScene().Load(60, "a 0+1x10");

        Assert.Equal(["{__name__=\"a\"} 3"], await scene.AskAsync("a offset 2m", 300));
        Assert.Equal(["{__name__=\"a\"} 7"], await scene.AskAsync("a offset -2m", 300));
    }

    [Fact]
    public async Task At_looks_at_one_time_from_every_step()
    {
        using var scene = new EngineScene().Load(60, "a 0+1x10");

        Assert.Equal(["{__name__=\"a\"} 2 2 2"], await scene.AskRangeAsync("a @ 120", 300, 420, 60));
        Assert.Equal(["{__name__=\"a\"} 5 5 5"], await scene.AskRangeAsync("a @ start()", 300, 420, 60));
        Assert.Equal(["{__name__=\"a\"} 6 6 6"], await scene.AskRangeAsync("a @ end() offset 1m", 300, 420, 60));
    }

    [Fact]
    public async Task A_range_selector_by_itself_answers_raw_samples()
    {
        using var scene = new EngineScene().Load(60, "a 1 2 stale 4", "b 1");

        Assert.Equal(["{__name__=\"a\"} 2@60 4@180"], await scene.AskAsync("a[3m]", 180));
    }

    [Fact]
    public async Task A_subquery_by_itself_answers_on_its_own_steps()
    {
        using var scene = new EngineScene().Load(60, "a 0+1x10");

        Assert.Equal(["{} 2 4 6"], await scene.AskAsync("(a * 2)[3m:1m]", 180));
    }

    [Fact]
    public async Task Subqueries_feed_range_functions()
    {
        using var scene = new EngineScene().Load(60, "a{x=\"1\"} 0+1x10", "a{x=\"2\"} 0+2x10");

        Assert.Equal(["{} 30"], await scene.AskAsync("max_over_time(sum(a)[5m:1m])", 600));
        Assert.Equal(["{x=\"1\"} 1 2 3", "{x=\"2\"} 2 4 6"], await scene.AskRangeAsync("max_over_time(a[5m:1m] offset 1m)", 120, 240, 60));
        Assert.Equal(["{x=\"1\"} 11", "{x=\"2\"} 21"], await scene.AskAsync("1 + last_over_time(a[5m:1m] @ 600)"));
    }

    [Fact]
    public async Task Without_steps_there_is_nothing()
    {
        using var scene = new EngineScene().Load(60, "a 0+1x10");

        Assert.Empty(await scene.AskRangeAsync("sum(rate(a[5m])) + a + 1", 300, 200, 60));
    }

    [Fact]
    public async Task Timestamps_are_those_of_samples_for_a_selector_and_of_steps_for_anything_else()
    {
        using var scene = new EngineScene().Load(60, "a 5");

        Assert.Equal(["{} 0"], await scene.AskAsync("timestamp(a)", 30));
        Assert.Equal(["{} 30"], await scene.AskAsync("timestamp(a * 1)", 30));
    }
}
