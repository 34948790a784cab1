namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>What takes <c>offset</c> and <c>@</c>: vector selectors and subqueries (those of a range stand on its selector).</summary>
public interface ITimeShifted
{
    /// <summary>How far back <c>offset</c> looks, in nanoseconds; negative looks forward. 0 where <see cref="OffsetExpr"/> stands.</summary>
    long OffsetNanoseconds { get; }

    /// <summary>The offset where it is not a constant.</summary>
    DurationExpr? OffsetExpr { get; }

    /// <summary>The time after <c>@</c>, in milliseconds since the Unix epoch.</summary>
    long? Timestamp { get; }

    /// <summary>The word after <c>@</c> where it is no time.</summary>
    AtModifier StartOrEnd { get; }

    /// <summary>For the parser, before the tree is handed out.</summary>
    internal void SetOffset(long nanoseconds, DurationExpr? expr);

    /// <summary>For the parser, before the tree is handed out.</summary>
    internal void SetAt(long? timestamp, AtModifier startOrEnd);
}
