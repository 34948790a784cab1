using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>Any other function that answers a vector.</summary>
internal sealed class CallPlan : PlanNode
{
    private static readonly string[] RowByRow = ["label_replace", "label_join", "clamp", "clamp_min", "clamp_max", "round"];

    public required string Function { get; init; }

    public required IReadOnlyList<PlanNode> Arguments { get; init; }

    /// <summary>What the labels of <c>absent</c> are made of: the arguments as they were written.</summary>
    public required IReadOnlyList<Expr> Written { get; init; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"{Function}({Ids(Arguments)}) {Grid}";

    public override string? ScanKey =>
        Arguments.Count > 0 && (RowByRow.Contains(Function) || Functions.Elementwise.Find(Function) is not null) ? Arguments[0].ScanKey : null;
}
