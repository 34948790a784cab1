namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>Selects series and takes the samples of a span of time before every step.</summary>
public sealed class MatrixSelector : Expr
{
    /// <summary>A range of a selector; <paramref name="end"/> is where its text ends.</summary>
    public MatrixSelector(VectorSelector selector, long rangeNanoseconds, DurationExpr? rangeExpr, int end)
        : base(ExprType.Matrix, new PositionRange(selector.Position.Start, end), selector.Depth)
    {
        Selector = selector;
        RangeNanoseconds = rangeNanoseconds;
        RangeExpr = rangeExpr;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [Selector];

    /// <summary>The series; also carries offset, <c>@</c>, <c>anchored</c> and <c>smoothed</c>, though they are written behind the range.</summary>
    public VectorSelector Selector { get; }

    /// <summary>The span, in nanoseconds; 0 where <see cref="RangeExpr"/> stands.</summary>
    public long RangeNanoseconds { get; }

    /// <summary>The span where it is not a constant.</summary>
    public DurationExpr? RangeExpr { get; }
}
