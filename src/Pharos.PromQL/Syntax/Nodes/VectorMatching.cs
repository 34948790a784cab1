namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>How the series of two instant vectors find each other.</summary>
public sealed class VectorMatching
{
    /// <summary>How many series of each side may meet.</summary>
    public MatchCardinality Card { get; internal set; }

    /// <summary>The labels of <c>on</c> or <c>ignoring</c>, as written.</summary>
    public IReadOnlyList<string> MatchingLabels { get; internal set; } = [];

    /// <summary><see cref="MatchingLabels"/> are the ones that must agree; otherwise they are the ones that need not.</summary>
    public bool On { get; internal set; }

    /// <summary>Labels of the "one" side that the result takes over: those of <c>group_left</c> or <c>group_right</c>.</summary>
    public IReadOnlyList<string> Include { get; internal set; } = [];

    /// <summary>Stands for a missing series of the left side; null drops the group.</summary>
    public double? FillLeft { get; internal set; }

    /// <summary>Stands for a missing series of the right side; null drops the group.</summary>
    public double? FillRight { get; internal set; }
}
