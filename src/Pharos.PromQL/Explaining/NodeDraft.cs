using Pharos.PromQL.Execution;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>A node of an explanation that is being made. Used by one thread.</summary>
internal sealed class NodeDraft
{
    public required int Id { get; init; }

    public required NodeDraft? Parent { get; init; }

    public required Expr Expression { get; init; }

    /// <summary>What was planned for it, without the repetition of what does not depend on the step; null where the plan has no node of its own.</summary>
    public required PlanNode? Plan { get; init; }

    public required bool IsEvaluatedOnce { get; init; }

    public List<NodeDraft> Children { get; } = [];

    /// <summary>What its operator saw; null where it was not evaluated or has none.</summary>
    public NodeMeasure? Measure { get; set; }

    /// <summary>The series that a selector reads.</summary>
    public Scan? Scan { get; set; }

    public NodeDraft? SameAs { get; set; }

    public int? Series { get; set; }

    public int Dropped { get; set; }

    public int Unread { get; set; }

    public long? Points { get; set; }

    public long? Samples { get; set; }

    public TimeSpan SelfTime { get; set; }

    public TimeSpan TotalTime { get; set; }

    public bool HasFailed { get; set; }

    public List<ExplanationNote> Notes { get; } = [];

    public int Depth => Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>It was evaluated as series and has none with a value.</summary>
    public bool IsEmpty => Series == 0;

    public bool HasSeries => Series > 0;

    /// <summary>It has a sign before its operand that changes nothing, and no operator.</summary>
    public bool IsTransparent => Expression is UnaryExpr { Op: UnaryOp.Plus };

    public ExplainedNode ToNode() => new()
    {
        Id = Id,
        Parent = Parent?.Id,
        Depth = Depth,
        Kind = NodeText.KindOf(Expression),
        Title = NodeText.TitleOf(Expression),
        Text = NodeText.Of(Expression),
        Position = Expression.Position,
        Type = Expression.Type,
        Series = Series,
        Dropped = Dropped,
        Unread = Unread,
        Points = Points,
        Samples = Samples,
        SelfTime = SelfTime,
        TotalTime = TotalTime,
        SameAs = SameAs?.Id,
        IsEvaluatedOnce = IsEvaluatedOnce,
        HasFailed = HasFailed,
        Notes = [.. Notes.OrderByDescending(static note => note.IsCause)],
    };
}
