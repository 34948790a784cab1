using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>Any other function that answers a vector.</summary>
internal sealed class CallPlan : PlanNode
{
    private static readonly string[] RowByRow = ["label_replace", "label_join", "clamp", "clamp_min", "clamp_max", "round"];

    public required string Function { get; init; }

    public required IReadOnlyList<PlanNode> Arguments { get; init; }

    /// <summary>The arguments as they were written: what the labels of <c>absent</c> are made of, and their positions for annotations.</summary>
    public required IReadOnlyList<Expr> Written { get; set; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"{Function}({Ids(Arguments)}) {Grid}";

    public override string? ScanKey =>
        Arguments.Count > 0 && (RowByRow.Contains(Function) || Functions.Elementwise.Find(Function) is not null) ? Arguments[0].ScanKey : null;

    public override void MoveTo(PlanNode twin)
    {
        base.MoveTo(twin);
        Written = ((CallPlan)twin).Written;
    }
}
