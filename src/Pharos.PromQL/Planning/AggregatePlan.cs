using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An aggregation.</summary>
internal sealed class AggregatePlan : PlanNode
{
    public required AggregateOp Op { get; init; }

    public required PlanNode Inner { get; init; }

    /// <summary>Where the operand stands, for annotations.</summary>
    public required PositionRange InnerPosition { get; set; }

    public required PlanNode? Parameter { get; init; }

    /// <summary>Where the parameter stands, for annotations; meaningless without one.</summary>
    public required PositionRange ParameterPosition { get; set; }

    public required IReadOnlyList<string> Grouping { get; init; }

    public required bool Without { get; init; }

    /// <summary>A row of the operand is added to its group and forgotten: memory is groups times steps.</summary>
    public bool IsFold => Op is AggregateOp.Sum or AggregateOp.Avg or AggregateOp.Min or AggregateOp.Max or AggregateOp.Count or AggregateOp.Group
        or AggregateOp.StdDev or AggregateOp.StdVar;

    public override ExprType Type => ExprType.Vector;

    public override string Key =>
        $"{Op}({Inner.Id};{Parameter?.Id}) {(Without ? "without" : "by")} {string.Join('\u0001', Grouping.Order(StringComparer.Ordinal))}";

    public override void MoveTo(PlanNode twin)
    {
        base.MoveTo(twin);
        InnerPosition = ((AggregatePlan)twin).InnerPosition;
        ParameterPosition = ((AggregatePlan)twin).ParameterPosition;
    }
}
