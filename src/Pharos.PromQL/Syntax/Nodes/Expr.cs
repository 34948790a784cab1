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
    public PositionRange Position { get; private protected set; }

    /// <summary>Nodes on the longest way down, this one included.</summary>
    internal int Depth { get; }
}
