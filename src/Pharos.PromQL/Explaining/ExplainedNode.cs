using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>A part of an explained query, and what it saw. Parentheses are no parts of their own. Immutable, usable from any thread.</summary>
public sealed class ExplainedNode
{
    /// <summary>The place in <see cref="QueryExplanation.Nodes"/>, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>The node that has this one as an operand; null of the root.</summary>
    public int? Parent { get; init; }

    /// <summary>How many nodes lie above.</summary>
    public required int Depth { get; init; }

    /// <summary>What it is.</summary>
    public required ExplainedNodeKind Kind { get; init; }

    /// <summary>What the node itself adds, without its operands: <c>sum by (job)</c>, <c>rate</c>, <c>/ on (job)</c>; of a selector all of it.</summary>
    public required string Title { get; init; }

    /// <summary>The expression, canonical and on one line.</summary>
    public required string Text { get; init; }

    /// <summary>Where it stands in the query.</summary>
    public required PositionRange Position { get; init; }

    /// <summary>What it evaluates to.</summary>
    public required ExprType Type { get; init; }

    /// <summary>The series it hands on: those with a value at a step, and those that nobody asked for the values of. Null where it was not evaluated or is no vector.</summary>
    public int? Series { get; init; }

    /// <summary>Series it has by their labels that turned out to have no value at any step; not in <see cref="Series"/>.</summary>
    public int Dropped { get; init; }

    /// <summary>Series whose values nobody above asked for; among <see cref="Series"/>.</summary>
    public int Unread { get; init; }

    /// <summary>Values over all series and steps. Null where it was not evaluated.</summary>
    public long? Points { get; init; }

    /// <summary>Samples decoded from the store. Only of selectors, otherwise null.</summary>
    public long? Samples { get; init; }

    /// <summary>What all threads spent in the node itself, in sum; of a selector: selecting series and decoding samples.</summary>
    public TimeSpan SelfTime { get; init; }

    /// <summary>The same with everything below it. What is shared counts where it is shown first.</summary>
    public TimeSpan TotalTime { get; init; }

    /// <summary>The <see cref="Id"/> of an equal node before this one: computed once, shown twice. Time and samples are told there. Null where there is none.</summary>
    public int? SameAs { get; init; }

    /// <summary>It does not depend on the step, and was evaluated at one of several.</summary>
    public bool IsEvaluatedOnce { get; init; }

    /// <summary>The error of the query arose here.</summary>
    public bool HasFailed { get; init; }

    /// <summary>What is worth knowing about it, the most important first.</summary>
    public IReadOnlyList<ExplanationNote> Notes { get; init; } = [];
}
