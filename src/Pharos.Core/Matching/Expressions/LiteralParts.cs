namespace Pharos.Core.Matching.Expressions;

/// <summary>Texts that every match of an expression has.</summary>
/// <param name="Prefix">Every match starts with it.</param>
/// <param name="Suffix">Every match ends with it.</param>
/// <param name="Inner">Every match has them between prefix and suffix, in this order, without overlap.</param>
internal sealed record LiteralParts(string Prefix, string Suffix, IReadOnlyList<string> Inner)
{
    /// <summary>The parts of a simplified expression.</summary>
    public static LiteralParts Find(RegexNode root)
    {
        RegexNode[] parts = root.Kind == RegexNodeKind.Concat ? root.Children : [root];
        string prefix = FindPrefix(parts[0]);
        string suffix = parts.Length > 1 ? FindSuffix(parts[^1]) : "";
        var inner = new List<string>();
        for (int i = 1; i < parts.Length - 1; i++)
        {
            if (parts[i].Kind == RegexNodeKind.Literal)
            {
                inner.Add(parts[i].Text);
            }
        }

        return new LiteralParts(prefix, suffix, inner);
    }

    private static string FindPrefix(RegexNode node) => node.Kind switch
    {
        RegexNodeKind.Literal => node.Text,
        RegexNodeKind.Concat => FindPrefix(node.Children[0]),
        RegexNodeKind.Repeat when node.Min > 0 => FindPrefix(node.Children[0]),
        RegexNodeKind.Alternate => Common(node.Children, FindPrefix, static (x, y) => x[..x.AsSpan().CommonPrefixLength(y)]),
        _ => "",
    };

    private static string FindSuffix(RegexNode node) => node.Kind switch
    {
        RegexNodeKind.Literal => node.Text,
        RegexNodeKind.Concat => FindSuffix(node.Children[^1]),
        RegexNodeKind.Repeat when node.Min > 0 => FindSuffix(node.Children[0]),
        RegexNodeKind.Alternate => Common(node.Children, FindSuffix, CommonSuffix),
        _ => "",
    };

    private static string Common(RegexNode[] branches, Func<RegexNode, string> find, Func<string, string, string> reduce)
    {
        string common = find(branches[0]);
        for (int i = 1; i < branches.Length && common.Length > 0; i++)
        {
            common = reduce(common, find(branches[i]));
        }

        // Half a surrogate pair is no text.
        int start = common.Length > 0 && char.IsLowSurrogate(common[0]) ? 1 : 0;
        int end = common.Length > start && char.IsHighSurrogate(common[^1]) ? common.Length - 1 : common.Length;
        return common[start..end];
    }

    private static string CommonSuffix(string x, string y)
    {
        int length = 0;
        while (length < x.Length && length < y.Length && x[^(length + 1)] == y[^(length + 1)])
        {
            length++;
        }

        return x[^length..];
    }
}
