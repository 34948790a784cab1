namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An instant vector folded into one element per group.</summary>
public sealed class AggregateExpr : Expr
{
    /// <summary>An aggregation of <paramref name="inner"/>; see the properties.</summary>
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

    /// <summary>How a group becomes one value, or which of its series stay.</summary>
    public AggregateOp Op { get; }

    /// <summary>The instant vector.</summary>
    public Expr Inner { get; }

    /// <summary>A scalar, or a string literal for <c>count_values</c>; null where the operator takes none.</summary>
    public Expr? Parameter { get; }

    /// <summary>Label names, as written.</summary>
    public IReadOnlyList<string> Grouping { get; }

    /// <summary><see cref="Grouping"/> are the labels to drop instead of the ones to keep.</summary>
    public bool Without { get; }
}
