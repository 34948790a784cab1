namespace Pharos.PromQL.Tests.Execution;

/// <summary>The order of the elements of an instant vector, which only some functions decide.</summary>
public class OrderTests
{
    private static EngineScene Scene() => new EngineScene().Load(
        60,
        "g{a=\"1\"} 2",
        "g{a=\"2\"} NaN",
        "g{a=\"3\"} Inf",
        "g{a=\"4\"} -Inf",
        "g{a=\"10\"} 1");

    [Theory]
    [InlineData("sort(g)", "4", "10", "1", "3", "2")]
    [InlineData("sort_desc(g)", "3", "1", "10", "4", "2")]
    [InlineData("topk(5, g)", "3", "1", "10", "4", "2")]
    [InlineData("bottomk(5, g)", "4", "10", "1", "3", "2")]
    [InlineData("topk(2, g)", "3", "1")]
    [InlineData("bottomk(2, g)", "4", "10")]
    public async Task NaN_comes_last_whichever_way_the_order_goes(string query, params string[] expected) => Assert.Equal(expected, await OrderOfAsync(query));

    [Theory]
    [InlineData("sort_by_label(g, \"a\")", "1", "2", "3", "4", "10")]
    [InlineData("sort_by_label_desc(g, \"a\")", "10", "4", "3", "2", "1")]
    public async Task Labels_are_ordered_by_the_numbers_in_them(string query, params string[] expected) => Assert.Equal(expected, await OrderOfAsync(query));

    private static async Task<string[]> OrderOfAsync(string query)
    {
        using EngineScene scene = Scene();

        QueryResult result = await scene.InstantAsync(query, 0);
        return [.. result.Rows.Select(static r => r.Labels["a"])];
    }
}
