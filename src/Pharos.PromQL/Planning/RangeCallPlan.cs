using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>A function of a range vector and of numbers.</summary>
internal sealed class RangeCallPlan : PlanNode
{
    public required string Function { get; init; }

    public required RangePlan Source { get; init; }

    /// <summary>Where the range vector stands, for annotations.</summary>
    public required PositionRange SourcePosition { get; init; }

    /// <summary>The other arguments, in order.</summary>
    public required IReadOnlyList<PlanNode> Arguments { get; init; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"{Function}({Source.Id};{Ids(Arguments)}) {Grid}";

    public override string? ScanKey => Source.ScanKey;
}
