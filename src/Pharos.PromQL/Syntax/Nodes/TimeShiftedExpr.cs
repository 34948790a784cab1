namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>What takes <c>offset</c> and <c>@</c>: vector selectors and subqueries (those of a range stand on its selector).</summary>
public abstract class TimeShiftedExpr : Expr
{
    private protected TimeShiftedExpr(ExprType type, PositionRange position, int childDepth = 0)
        : base(type, position, childDepth)
    {
    }

    /// <summary>How far back <c>offset</c> looks, in nanoseconds; negative looks forward. 0 where <see cref="OffsetExpr"/> stands.</summary>
    public long OffsetNanoseconds { get; private set; }

    /// <summary>The offset where it is not a constant.</summary>
    public DurationExpr? OffsetExpr { get; private set; }

    /// <summary>The time after <c>@</c>, in milliseconds since the Unix epoch.</summary>
    public long? Timestamp { get; private set; }

    /// <summary>The word after <c>@</c> where it is no time.</summary>
    public AtModifier StartOrEnd { get; private set; }

    /// <summary>For the parser, before the tree is handed out.</summary>
    internal void SetOffset(long nanoseconds, DurationExpr? expr)
    {
        OffsetNanoseconds = nanoseconds;
        OffsetExpr = expr;
    }

    /// <summary>For the parser, before the tree is handed out.</summary>
    internal void SetAt(long? timestamp, AtModifier startOrEnd)
    {
        Timestamp = timestamp;
        StartOrEnd = startOrEnd;
    }
}
