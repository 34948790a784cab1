namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A signed expression; of the operand's type. The sign of a number is part of the <see cref="NumberLiteral"/>.</summary>
public sealed class UnaryExpr : Expr
{
    /// <summary>A sign before an expression; <paramref name="start"/> is where the sign stands.</summary>
    public UnaryExpr(UnaryOp op, Expr operand, int start)
        : base(operand.Type, new PositionRange(start, operand.Position.End), operand.Depth)
    {
        Op = op;
        Operand = operand;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [Operand];

    /// <summary>The sign.</summary>
    public UnaryOp Op { get; }

    /// <summary>What it stands before.</summary>
    public Expr Operand { get; }
}
