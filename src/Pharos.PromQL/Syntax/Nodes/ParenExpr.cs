namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An expression in parentheses; of the inner expression's type.</summary>
public sealed class ParenExpr : Expr
{
    /// <summary>Parentheses around an expression, at their place.</summary>
    public ParenExpr(Expr inner, PositionRange position)
        : base(inner.Type, position, inner.Depth)
    {
        Inner = inner;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [Inner];

    /// <summary>What stands between them.</summary>
    public Expr Inner { get; }
}
