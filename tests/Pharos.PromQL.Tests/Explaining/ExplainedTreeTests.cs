using Pharos.PromQL.Execution;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Explaining;

public class ExplainedTreeTests
{
    [Fact]
    public async Task Each_node_says_the_series_values_and_samples_that_it_saw()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.RangeAsync("sum by (job) (rate(requests_total[1m])) > 0.1", 60, 300, 60);
        Assert.Equal(
            [">: 1s -1 5p", " sum by (job): 2s 10p", "  rate: 3s 15p", "   requests_total[1m]: 3s 60p 60 read", " 0.1: 5p"],
            ExplainScene.Draw(explanation));
        Assert.Equal(5, explanation.Result!.CountPoints());
        Assert.Equal(60, explanation.Statistics.SamplesRead);
        Assert.Null(explanation.EmptyBecause);
    }

    [Fact]
    public async Task An_explained_query_answers_as_it_does_unexplained()
    {
        using ExplainScene scene = Requests();
        foreach (string query in (string[])["sum by (path) (rate(requests_total[1m]))", "requests_total / on (path) group_left () sum by (path) (requests_total)", "topk(1, requests_total)", "requests_total[1m]", "1 + 1", "\"text\""])
        {
            QueryExplanation explanation = await scene.InstantAsync(query, 300);
            QueryResult plain = await scene.Engine.InstantAsync(scene.Store, query, 300_000, TestContext.Current.CancellationToken);
            Assert.Equal((plain.Type, plain.ScalarValue, plain.StringValue), (explanation.Result!.Type, explanation.Result.ScalarValue, explanation.Result.StringValue));
            Assert.Equal(plain.Rows.Select(static r => (r.Labels, r.Values.ToArray()[0])), explanation.Result.Rows.Select(static r => (r.Labels, r.Values.ToArray()[0])));
        }
    }

    [Fact]
    public async Task Nodes_come_in_the_order_of_a_walk_with_their_places_and_types()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.InstantAsync("(topk(1, -requests_total)) and on(job) vector(1)", 60);
        Assert.Equal(["and on (job)", "topk", "1", "-", "requests_total", "vector", "1"], explanation.Nodes.Select(static n => n.Title));
        Assert.Equal([null, 0, 1, 1, 3, 0, 5], explanation.Nodes.Select(static n => n.Parent));
        Assert.Equal([0, 1, 2, 2, 3, 1, 2], explanation.Nodes.Select(static n => n.Depth));
        Assert.Equal(new PositionRange(10, 24), explanation.Nodes[4].Position);
        Assert.Equal("requests_total", explanation.Query[explanation.Nodes[4].Position.Start..explanation.Nodes[4].Position.End]);
        Assert.Equal([ExprType.Vector, ExprType.Vector, ExprType.Scalar, ExprType.Vector, ExprType.Vector, ExprType.Vector, ExprType.Scalar], explanation.Nodes.Select(static n => n.Type));
        Assert.Equal(
            [ExplainedNodeKind.Operator, ExplainedNodeKind.Aggregation, ExplainedNodeKind.Number, ExplainedNodeKind.Operator, ExplainedNodeKind.Selector, ExplainedNodeKind.Function, ExplainedNodeKind.Number],
            explanation.Nodes.Select(static n => n.Kind));
        Assert.Equal("topk(1, -requests_total)", explanation.Nodes[1].Text);
        Assert.Equal([1, 5], explanation.ChildrenOf(explanation.Nodes[0]).Select(static n => n.Id));
    }

    [Fact]
    public async Task What_is_computed_once_and_stands_twice_is_shown_twice_and_counted_once()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.InstantAsync("sum(rate(requests_total[1m])) / sum(rate(requests_total[1m]))", 60);
        Assert.Equal(
            [
                "/: 1s 1p", " sum: 1s 1p", "  rate: 3s 3p", "   requests_total[1m]: 3s 12p 12 read",
                " sum: 1s 1p = 1", "  rate: 3s 3p = 2", "   requests_total[1m]: 3s 12p = 3",
            ],
            ExplainScene.Draw(explanation));
        Assert.All(explanation.Nodes.Where(static n => n.SameAs is not null), static n => Assert.Equal(TimeSpan.Zero, n.SelfTime));
        Assert.Equal(12, explanation.Statistics.SamplesRead);
    }

    [Fact]
    public async Task Aggregations_over_the_same_series_say_that_one_pass_computed_them()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.InstantAsync("sum(requests_total) / count(requests_total)", 60);
        Assert.Equal(["/: 1s 1p", " sum: 1s 1p", "  requests_total: 3s 3p 3 read", " count: 1s 1p", "  requests_total: 3s 3p = 2"], ExplainScene.Draw(explanation));
        ExplanationNote note = Assert.Single(explanation.Nodes[1].Notes);
        Assert.Equal((ExplanationNoteKind.OnePass, false), (note.Kind, note.IsCause));
        Assert.Equal([3], note.With);
        Assert.Equal([1], Assert.Single(explanation.Nodes[3].Notes).With);
    }

    [Fact]
    public async Task What_does_not_depend_on_the_step_is_marked()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.RangeAsync("requests_total - requests_total @ 0", 60, 120, 15);
        Assert.Equal(["-: 3s 15p", " requests_total: 3s 15p 27 read", " requests_total @ 0.000: 3s 15p 3 read once"], ExplainScene.Draw(explanation));
    }

    [Fact]
    public async Task A_subquery_shows_what_its_expression_saw_on_its_own_steps()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.InstantAsync("max_over_time(sum(requests_total)[1m:15s])", 120);
        Assert.Equal(["max_over_time: 1s 1p", " [1m:15s]: 1s 4p", "  sum: 1s 4p", "   requests_total: 3s 12p 27 read"], ExplainScene.Draw(explanation));
    }

    [Fact]
    public async Task Samples_of_a_range_selector_by_itself_are_its_values()
    {
        using ExplainScene scene = Requests();
        Assert.Equal(["requests_total[1m]: 3s 12p 12 read"], ExplainScene.Draw(await scene.InstantAsync("requests_total[1m]", 60)));
    }

    [Fact]
    public async Task Times_of_samples_are_read_by_the_selector_below()
    {
        using ExplainScene scene = Requests();
        Assert.Equal(["timestamp: 3s 3p", " requests_total: 3s 3p 3 read"], ExplainScene.Draw(await scene.InstantAsync("timestamp(requests_total)", 60)));
    }

    [Fact]
    public async Task A_sign_that_changes_nothing_hands_on_what_its_operand_has()
    {
        using ExplainScene scene = Requests();
        Assert.Equal(["+: 3s 3p", " requests_total: 3s 3p 3 read"], ExplainScene.Draw(await scene.InstantAsync("+requests_total", 60)));
    }

    [Fact]
    public async Task Series_that_a_join_does_not_need_are_not_read_and_said_so()
    {
        using ExplainScene scene = Requests().Load("""owner{path="/y"} 7x20""");
        QueryExplanation explanation = await scene.InstantAsync("requests_total * on (path) group_left () owner", 60);
        Assert.Equal(["* on (path) group_left (): 1s 1p", " requests_total: 3s ?2 1p 1 read", " owner: 1s 1p 1 read"], ExplainScene.Draw(explanation));
    }

    [Fact]
    public async Task A_query_over_its_limit_keeps_the_tree_and_says_where_it_failed()
    {
        using ExplainScene scene = new ExplainScene(new EngineOptions { MaxSamples = 5 }).Load("""a{i="1"} 1x100""", """a{i="2"} 1x100""");
        QueryExplanation explanation = await scene.RangeAsync("a + 1", 0, 1500, 15);
        Assert.Null(explanation.Result);
        Assert.Equal(QueryErrorKind.TooManySamples, explanation.Error!.Kind);
        Assert.Equal(["+", "a", "1"], explanation.Nodes.Select(static n => n.Title));
        Assert.Equal(2, explanation.Nodes[1].Series);
    }

    [Fact]
    public async Task The_node_in_which_the_error_arises_is_marked()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.InstantAsync("1 + sum(requests_total * on (job) requests_total)", 60);
        Assert.Contains("many-to-many", explanation.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("* on (job)", Assert.Single(explanation.Nodes, static n => n.HasFailed).Title);
        Assert.Equal(3, explanation.Nodes.Single(static n => n is { Title: "requests_total", SameAs: null }).Series);
    }

    [Fact]
    public async Task A_query_that_cannot_be_planned_is_explained_by_its_tree_alone()
    {
        using ExplainScene scene = new(new EngineOptions { EnableNegativeOffset = false });
        QueryExplanation explanation = await scene.InstantAsync("sum(up offset -1m)", 0);
        Assert.Equal("negative offset is disabled", explanation.Error!.Message);
        Assert.Equal(["sum:", " up offset -1m:"], ExplainScene.Draw(explanation));
    }

    [Fact]
    public async Task What_is_no_query_is_refused_as_ever()
    {
        using ExplainScene scene = new();
        QueryException error = await Assert.ThrowsAsync<QueryException>(() => scene.InstantAsync("sum(", 0));
        Assert.Equal(QueryErrorKind.BadData, error.Kind);
        error = await Assert.ThrowsAsync<QueryException>(() => scene.RangeAsync("up[5m]", 0, 60, 15));
        Assert.Contains("must be Scalar or instant Vector", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_the_tree_without_a_search_for_names()
    {
        using ExplainScene scene = Requests();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        QueryExplanation explanation = await scene.Engine.ExplainInstantAsync(scene.Store, "requests", 60_000, gone.Token);
        Assert.Equal(QueryErrorKind.Canceled, explanation.Error!.Kind);
        Assert.Equal(["requests:"], ExplainScene.Draw(explanation));
    }

    [Fact]
    public async Task Time_is_that_of_the_node_and_what_is_below_it()
    {
        using ExplainScene scene = Requests();
        QueryExplanation explanation = await scene.InstantAsync("sum(rate(requests_total[1m])) > 0", 60);
        Assert.All(explanation.Nodes, n => Assert.Equal(n.SelfTime + explanation.ChildrenOf(n).Aggregate(TimeSpan.Zero, static (sum, c) => sum + c.TotalTime), n.TotalTime));
        Assert.True(explanation.Nodes[0].TotalTime > TimeSpan.Zero);
        Assert.All(explanation.Nodes.Where(static n => n.Kind != ExplainedNodeKind.Number), static n => Assert.True(n.SelfTime > TimeSpan.Zero, n.Title));
    }

    [Fact]
    public async Task What_runs_on_several_threads_is_counted_wholly()
    {
        using ExplainScene scene = new(new EngineOptions { MaxThreads = 4 });
        scene.Load([.. Enumerable.Range(0, 3000).Select(static i => $$"""many{i="{{i}}",g="{{i % 7}}"} {{i}}+1x20""")]);
        QueryExplanation explanation = await scene.RangeAsync("sum by (g) (rate(many[1m])) + on (g) count by (g) (many)", 60, 300, 30);
        Assert.Equal(
            ["+ on (g): 7s 63p", " sum by (g): 7s 63p", "  rate: 3000s 27000p", "   many[1m]: 3000s 60000p 60000 read", " count by (g): 7s 63p", "  many: 3000s 27000p 63000 read"],
            ExplainScene.Draw(explanation));
    }

    [Fact]
    public async Task Very_long_queries_are_cut_and_very_deep_ones_are_told()
    {
        using ExplainScene scene = Requests();
        QueryExplanation deep = await scene.InstantAsync("requests_total" + string.Concat(Enumerable.Repeat(" or requests_total", 900)), 60);
        Assert.False(deep.IsCut);
        Assert.Equal((1801, 900), (deep.Nodes.Count, deep.Nodes.Max(static n => n.Depth)));
        Assert.All(deep.Nodes, static n => Assert.InRange(n.Text.Length, 1, 500));
        string balanced = "requests_total";
        for (int i = 0; i < 13; i++)
        {
            balanced = $"({balanced} and {balanced})";
        }

        QueryExplanation cut = await scene.InstantAsync(balanced, 60);
        Assert.True(cut.IsCut);
        Assert.Equal(10_000, cut.Nodes.Count);
    }

    [Fact]
    public void A_query_that_is_not_explained_has_no_measuring_operators()
    {
        var window = new QueryWindow(0, 60_000, 15_000);
        PlanNode plan = new Planner(window, new EngineOptions()).Plan(PromQLParser.ParseExpr("sum(rate(x[1m]))"));
        Assert.IsNotType<MeasuredRows>(new OperatorBuilder(null).Build(plan));
        Assert.IsType<MeasuredRows>(new OperatorBuilder(new QueryTrace(TimeProvider.System)).Build(plan));
    }

    private static ExplainScene Requests() =>
        new ExplainScene().Load("""requests_total{job="a",path="/x"} 0+1x20""", """requests_total{job="a",path="/y"} 0+2x20""", """requests_total{job="b",path="/x"} 0x20""");
}
