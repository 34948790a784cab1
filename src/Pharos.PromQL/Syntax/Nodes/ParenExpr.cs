namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An expression in parentheses; of the inner expression's type.</summary>
public sealed class ParenExpr : Expr
{
    public ParenExpr(Expr inner, PositionRange position)
        : base(inner.Type, position, inner.Depth)
    {
        Inner = inner;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [Inner];

    public Expr Inner { get; }
}
