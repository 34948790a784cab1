using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax;

namespace Pharos.PromQL.Tests.Planning;

public class PlannerTests
{
    [Fact]
    public void Equal_subtrees_are_one_node()
    {
        var plan = (VectorBinaryPlan)Plan("sum(rate(a{x=\"1\",y=\"2\"}[5m])) / count(rate(a{y=\"2\",x=\"1\"}[5m]))");

        PlanNode left = ((AggregatePlan)plan.Left).Inner;
        Assert.Same(left, ((AggregatePlan)plan.Right).Inner);
        Assert.Equal((2, 2), (left.Uses, left.FoldUses));
    }

    [Fact]
    public void Subtrees_that_differ_in_one_duration_are_two()
    {
        var plan = (VectorBinaryPlan)Plan("rate(a[5m]) / rate(a[5m] offset 1m)");

        Assert.NotSame(plan.Left, plan.Right);
    }

    [Fact]
    public void Constants_are_computed_once() => Assert.Equal(7200 + 1, ((NumberPlan)Plan("2 * 3600 + (1 == bool 1)")).Value);

    [Fact]
    public void What_does_not_depend_on_the_step_is_evaluated_once()
    {
        var plan = Assert.IsType<InvariantPlan>(Plan("sum(a @ 100)"));

        Assert.Equal(1, plan.Inner.Grid.Count);
        Assert.IsType<AggregatePlan>(Plan("sum(a)"));
        Assert.IsType<RangeCallPlan>(Plan("predict_linear(a[5m] @ 100, 60)"));
    }

    [Fact]
    public void Offset_and_at_move_the_times_that_are_looked_at()
    {
        Assert.Equal(new StepTimes(1000_000 - 60_000, 15_000, 5), ((SelectorPlan)Plan("a offset 1m")).Times);
        Assert.Equal(new StepTimes(1000_000, 0, 1), ((SelectorPlan)((InvariantPlan)Plan("a @ start()")).Inner).Times);
        Assert.Equal(new StepTimes(1060_000 + 60_000, 0, 1), ((SelectorPlan)((InvariantPlan)Plan("a @ end() offset -1m")).Inner).Times);
    }

    [Theory]
    [InlineData("max_over_time(a[5m:1m])", 720_000, 6)]
    [InlineData("max_over_time(a[5m:7s])", 707_000, 51)]
    public void A_subquery_has_the_multiples_of_its_step_within_all_windows(string query, long start, int count)
    {
        var plan = (RangeCallPlan)Plan(query);

        StepTimes grid = ((SubqueryPlan)plan.Source).Inner.Grid;
        Assert.Equal((start, count), (grid.Start, grid.Count));
    }

    [Fact]
    public void Durations_may_be_computed()
    {
        Assert.Equal(30_000, ((RangeCallPlan)Plan("rate(a[step() * 2])")).Source.Range);
        Assert.Equal(60_000, ((RangeCallPlan)Plan("rate(a[range()])")).Source.Range);
        Assert.Contains("division by zero", Fails("rate(a[1m / (step() - 15s)])"), StringComparison.Ordinal);
        Assert.Contains("duration must be greater than 0", Fails("rate(a[1m - 2m])"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_switched_off_is_refused()
    {
        Assert.Equal("@ modifier is disabled", Fails("a @ 1", new EngineOptions { EnableAtModifier = false }));
        Assert.Equal("negative offset is disabled", Fails("a[5m:1m] offset -1m", new EngineOptions { EnableNegativeOffset = false }));
    }

    [Fact]
    public void More_steps_than_any_memory_holds_are_refused() =>
        Assert.Contains("the limit is", Fails("max_over_time(a[100y:1ms])"), StringComparison.Ordinal);

    [Fact]
    public void Only_operators_that_keep_the_series_of_a_scan_share_its_pass()
    {
        Assert.NotNull(Plan("clamp_min(abs(rate(a[5m])) * 2, 1)").ScanKey);
        Assert.Null(Plan("sum(a)").ScanKey);
        Assert.Null(Plan("absent(a)").ScanKey);
    }

    private static PlanNode Plan(string query, EngineOptions? options = null) =>
        new Planner(new QueryWindow(1000_000, 1060_000, 15_000), options ?? new EngineOptions()).Plan(PromQLParser.ParseExpr(query, ParserOptions.Everything));

    private static string Fails(string query, EngineOptions? options = null) => Assert.Throws<QueryException>(() => Plan(query, options)).Message;
}
