namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An instant vector evaluated at many times: <c>expr[range:step]</c>.</summary>
public sealed class SubqueryExpr : TimeShiftedExpr
{
    /// <summary>A subquery; <paramref name="end"/> is where its text ends.</summary>
    public SubqueryExpr(Expr inner, long rangeNanoseconds, DurationExpr? rangeExpr, long stepNanoseconds, DurationExpr? stepExpr, int end)
        : base(ExprType.Matrix, new PositionRange(inner.Position.Start, end), inner.Depth)
    {
        Inner = inner;
        RangeNanoseconds = rangeNanoseconds;
        RangeExpr = rangeExpr;
        StepNanoseconds = stepNanoseconds;
        StepExpr = stepExpr;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [Inner];

    /// <summary>The instant vector that is evaluated at many times.</summary>
    public Expr Inner { get; }

    /// <summary>The span, in nanoseconds; 0 where <see cref="RangeExpr"/> stands.</summary>
    public long RangeNanoseconds { get; }

    /// <summary>The span where it is not a constant.</summary>
    public DurationExpr? RangeExpr { get; }

    /// <summary>The step, in nanoseconds; 0 means the global evaluation interval, unless <see cref="StepExpr"/> stands.</summary>
    public long StepNanoseconds { get; }

    /// <summary>The step where it is not a constant.</summary>
    public DurationExpr? StepExpr { get; }
}
