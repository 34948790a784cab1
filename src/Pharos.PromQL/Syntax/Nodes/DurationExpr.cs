namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>Arithmetic over durations, in a range, a step or an offset. Operands are <see cref="NumberLiteral"/> or <see cref="DurationExpr"/>.</summary>
public sealed class DurationExpr : Expr
{
    /// <summary>A duration that is computed; see the properties. Its place is that of its operands where it has some.</summary>
    public DurationExpr(DurationOp op, Expr? left, Expr? right, int start = 0, int end = 0)
        : base(ExprType.Scalar, PositionOf(left, right, start, end), Math.Max(left?.Depth ?? 0, right?.Depth ?? 0))
    {
        Op = op;
        Left = left;
        Right = right;
        Start = start;
        End = end;
    }

    /// <summary>What is computed.</summary>
    public DurationOp Op { get; }

    /// <summary>The first operand; null where there is none or only the second, as behind a sign.</summary>
    public Expr? Left { get; }

    /// <summary>The second operand; null where there is none.</summary>
    public Expr? Right { get; }

    /// <summary>Written in parentheses.</summary>
    public bool Wrapped { get; internal set; }

    /// <summary>Where a sign or a named operator begins, otherwise 0.</summary>
    public int Start { get; }

    /// <summary>Where a named operator ends, otherwise 0.</summary>
    public int End { get; }

    private static PositionRange PositionOf(Expr? left, Expr? right, int start, int end) =>
        new(left is null || right is null ? start : left.Position.Start, right?.Position.End ?? left?.Position.End ?? end);
}
