using Pharos.Core.Matching;

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>Selects series and takes the newest sample of each at every step.</summary>
public sealed class VectorSelector : TimeShiftedExpr
{
    /// <summary>A selector; <paramref name="matchers"/> has the name among them.</summary>
    public VectorSelector(string name, IReadOnlyList<Matcher> matchers, PositionRange position)
        : base(ExprType.Vector, position)
    {
        Name = name;
        Matchers = matchers;
    }

    /// <summary>The metric name where it stands before the braces, otherwise empty.</summary>
    public string Name { get; }

    /// <summary>All conditions, in the order of the text; <see cref="Name"/> is among them as the last one.</summary>
    public IReadOnlyList<Matcher> Matchers { get; }

    /// <summary>Values at the bounds of a range are taken from the samples just outside.</summary>
    public bool Anchored { get; internal set; }

    /// <summary>Values at the bounds of a range are interpolated.</summary>
    public bool Smoothed { get; internal set; }

    /// <summary>The second argument of <c>info</c>: it need not have a matcher that refuses the empty value.</summary>
    public bool BypassEmptyMatcherCheck { get; internal set; }
}
