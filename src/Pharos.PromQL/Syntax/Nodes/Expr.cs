using Pharos.PromQL.Syntax.Printing;

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>
/// A node of the syntax tree. Immutable once the parser has handed it out, usable from any thread.
/// The tree is at most <see cref="ParserOptions.MaxDepth"/> nodes deep, so consumers may recurse.
/// </summary>
public abstract class Expr
{
    private protected Expr(ExprType type, PositionRange position, int childDepth = 0)
    {
        Type = type;
        Position = position;
        Depth = childDepth + 1;
    }

    /// <summary>What the expression evaluates to.</summary>
    public ExprType Type { get; }

    /// <summary>Where in the query text the expression stands.</summary>
    public PositionRange Position { get; private set; }

    /// <summary>The expressions it is made of, from left to right; none of literals and vector selectors. Durations are no children.</summary>
    public virtual IReadOnlyList<Expr> Children => [];

    /// <summary>Nodes on the longest way down, this one included.</summary>
    internal int Depth { get; }

    /// <summary>For the parser, before the tree is handed out: a modifier behind the expression belongs to it.</summary>
    internal void MoveEnd(int end) => Position = Position with { End = end };

    /// <summary>Upstream's canonical text, on one line; parses to the same tree.</summary>
    public sealed override string ToString() => Printer.Print(this);

    /// <summary>The text as <c>/api/v1/format_query</c> shows it: what is longer than a line is broken into indented parts.</summary>
    /// <param name="width">The length of a line, in bytes of UTF-8.</param>
    public string ToPrettyString(int width = 100) => Prettifier.Print(this, width);
}
