namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An instant vector folded into one element per group.</summary>
public sealed class AggregateExpr : Expr
{
    public AggregateExpr(AggregateOp op, Expr inner, Expr? parameter, IReadOnlyList<string> grouping, bool without, PositionRange position)
        : base(ExprType.Vector, position, Math.Max(inner.Depth, parameter?.Depth ?? 0))
    {
        Op = op;
        Inner = inner;
        Parameter = parameter;
        Grouping = grouping;
        Without = without;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => Parameter is null ? [Inner] : [Parameter, Inner];

    public AggregateOp Op { get; }

    public Expr Inner { get; }

    /// <summary>A scalar, or a string literal for <c>count_values</c>; null where the operator takes none.</summary>
    public Expr? Parameter { get; }

    /// <summary>Label names, as written.</summary>
    public IReadOnlyList<string> Grouping { get; }

    /// <summary><see cref="Grouping"/> are the labels to drop instead of the ones to keep.</summary>
    public bool Without { get; }
}
