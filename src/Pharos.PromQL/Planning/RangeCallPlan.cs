using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>A function of a range vector and of numbers.</summary>
internal sealed class RangeCallPlan : PlanNode
{
    public required string Function { get; init; }

    public required RangePlan Source { get; init; }

    /// <summary>Where the range vector stands, for annotations.</summary>
    public required PositionRange SourcePosition { get; set; }

    /// <summary>The other arguments, in order.</summary>
    public required IReadOnlyList<PlanNode> Arguments { get; init; }

    /// <summary>Where they stand, for annotations.</summary>
    public required IReadOnlyList<PositionRange> ArgumentPositions { get; set; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"{Function}({Source.Id};{Ids(Arguments)}) {Grid}";

    public override string? ScanKey => Source.ScanKey;

    public override void MoveTo(PlanNode twin)
    {
        base.MoveTo(twin);
        SourcePosition = ((RangeCallPlan)twin).SourcePosition;
        ArgumentPositions = ((RangeCallPlan)twin).ArgumentPositions;
    }
}
