namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Simplifies an expression that only has to tell whether a whole text matches: captures go, and <c>^</c> and <c>$</c> where they say nothing, so that
/// <c>^(foo)$</c> is <c>foo</c>.
/// </summary>
internal static class WholeExpression
{
    /// <summary>The simplified expression.</summary>
    public static RegexNode Simplify(RegexNode root) => TrimEnd(TrimStart(WithoutCaptures(root)));

    private static RegexNode WithoutCaptures(RegexNode node)
    {
        if (node.Children.Length == 0)
        {
            return node;
        }

        RegexNode[] children = [.. node.Children.Select(WithoutCaptures)];
        return node.Kind switch
        {
            RegexNodeKind.Capture => children[0],
            RegexNodeKind.Concat => RegexNode.Concat(children),
            RegexNodeKind.Alternate => RegexNode.Alternate(children),
            _ => RegexNode.Repeat(children[0], node.Min, node.Max, node.Greedy),
        };
    }

    private static RegexNode TrimStart(RegexNode node)
    {
        switch (node.Kind)
        {
            case RegexNodeKind.BeginText:
            case RegexNodeKind.BeginLine:
                return RegexNode.Empty;
            case RegexNodeKind.Alternate:
                return RegexNode.Alternate([.. node.Children.Select(TrimStart)]);
            case RegexNodeKind.Concat:
                int idle = 0;
                while (idle < node.Children.Length && node.Children[idle].Kind is RegexNodeKind.BeginText or RegexNodeKind.BeginLine)
                {
                    idle++;
                }

                return idle == 0 ? WithChild(node, 0, TrimStart(node.Children[0])) : RegexNode.Concat(node.Children[idle..]);
            default:
                return node;
        }
    }

    private static RegexNode TrimEnd(RegexNode node)
    {
        switch (node.Kind)
        {
            case RegexNodeKind.EndText:
            case RegexNodeKind.EndLine:
                return RegexNode.Empty;
            case RegexNodeKind.Alternate:
                return RegexNode.Alternate([.. node.Children.Select(TrimEnd)]);
            case RegexNodeKind.Concat:
                int end = node.Children.Length;
                while (end > 0 && node.Children[end - 1].Kind is RegexNodeKind.EndText or RegexNodeKind.EndLine)
                {
                    end--;
                }

                return end == node.Children.Length ? WithChild(node, end - 1, TrimEnd(node.Children[end - 1])) : RegexNode.Concat(node.Children[..end]);
            default:
                return node;
        }
    }

    private static RegexNode WithChild(RegexNode node, int index, RegexNode child)
    {
        if (ReferenceEquals(node.Children[index], child))
        {
            return node;
        }

        RegexNode[] children = [.. node.Children];
        children[index] = child;
        return RegexNode.Concat(children);
    }
}
