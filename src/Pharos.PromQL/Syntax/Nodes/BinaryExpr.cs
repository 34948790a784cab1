namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>Two expressions and an operator; a scalar when both sides are, otherwise an instant vector.</summary>
public sealed class BinaryExpr : Expr
{
    /// <summary>An operator between two expressions; see the properties.</summary>
    public BinaryExpr(BinaryOp op, Expr left, Expr right, VectorMatching? matching, bool returnBool)
        : base(
            left.Type == ExprType.Scalar && right.Type == ExprType.Scalar ? ExprType.Scalar : ExprType.Vector,
            PositionRange.Merge(left.Position, right.Position),
            Math.Max(left.Depth, right.Depth))
    {
        Op = op;
        Left = left;
        Right = right;
        Matching = matching;
        ReturnBool = returnBool;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [Left, Right];

    /// <summary>The operator.</summary>
    public BinaryOp Op { get; }

    /// <summary>What stands before it.</summary>
    public Expr Left { get; }

    /// <summary>What stands behind it.</summary>
    public Expr Right { get; }

    /// <summary>How series match; null unless both sides are instant vectors.</summary>
    public VectorMatching? Matching { get; internal set; }

    /// <summary>A comparison that answers 0 or 1 instead of filtering.</summary>
    public bool ReturnBool { get; }
}
