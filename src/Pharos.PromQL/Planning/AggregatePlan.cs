using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An aggregation.</summary>
internal sealed class AggregatePlan : PlanNode
{
    public required AggregateOp Op { get; init; }

    public required PlanNode Inner { get; init; }

    public required PlanNode? Parameter { get; init; }

    public required IReadOnlyList<string> Grouping { get; init; }

    public required bool Without { get; init; }

    /// <summary>A row of the operand is added to its group and forgotten: memory is groups times steps.</summary>
    public bool IsFold => Op is AggregateOp.Sum or AggregateOp.Avg or AggregateOp.Min or AggregateOp.Max or AggregateOp.Count or AggregateOp.Group
        or AggregateOp.StdDev or AggregateOp.StdVar;

    public override ExprType Type => ExprType.Vector;

    public override string Key =>
        $"{Op}({Inner.Id};{Parameter?.Id}) {(Without ? "without" : "by")} {string.Join('\u0001', Grouping.Order(StringComparer.Ordinal))}";
}
