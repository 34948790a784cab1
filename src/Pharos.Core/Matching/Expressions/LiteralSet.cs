namespace Pharos.Core.Matching.Expressions;

/// <summary>Expressions that match a few texts only, as <c>a|b</c>, <c>4(00|04)</c>, <c>[ab]c?</c>.</summary>
internal static class LiteralSet
{
    /// <summary>Texts that a set may have without being a plain list in the pattern.</summary>
    private const int MaxProduct = 1024;

    /// <summary>Characters of all texts together, beyond those of the pattern.</summary>
    private const int MaxCharacters = 64 * 1024;

    /// <summary>All texts that match, without repetition, or null when they are too many or without end. The root is simplified.</summary>
    public static List<string>? Find(RegexNode root, int patternLength)
    {
        // An alternation of literals has as many texts as it is long; more than that comes only from products.
        List<string>? texts = Collect(root, Math.Max(MaxProduct, patternLength), MaxCharacters + patternLength);
        return texts is null ? null : [.. texts.Distinct(StringComparer.Ordinal)];
    }

    private static List<string>? Collect(RegexNode node, int maxCount, int maxCharacters)
    {
        switch (node.Kind)
        {
            case RegexNodeKind.Empty:
                return [""];
            case RegexNodeKind.Literal:
                return [node.Text];
            case RegexNodeKind.Class:
                return node.Class.Count <= Math.Min(maxCount, MaxProduct) ? [.. node.Class.Texts()] : null;
            case RegexNodeKind.Repeat:
                return Repeat(node, maxCount, maxCharacters);
            case RegexNodeKind.Concat:
                List<string>? product = [""];
                foreach (RegexNode child in node.Children)
                {
                    product = Product(product, Collect(child, maxCount, maxCharacters), maxCount, maxCharacters);
                    if (product is null)
                    {
                        return null;
                    }
                }

                return product;
            case RegexNodeKind.Alternate:
                return Union(node, maxCount, maxCharacters);
            default:
                return null;
        }
    }

    private static List<string>? Repeat(RegexNode node, int maxCount, int maxCharacters)
    {
        if (node.Max == RegexNode.Unbounded || node.Max > MaxProduct || Collect(node.Children[0], maxCount, maxCharacters) is not { } child)
        {
            return null;
        }

        List<string>? power = [""];
        List<string> all = node.Min == 0 ? [""] : [];
        for (int i = 1; i <= node.Max; i++)
        {
            power = Product(power, child, maxCount, maxCharacters);
            if (power is null || (i >= node.Min && all.Count + power.Count > maxCount))
            {
                return null;
            }

            if (i >= node.Min)
            {
                all.AddRange(power);
            }
        }

        return all.Sum(static t => (long)t.Length) <= maxCharacters ? all : null;
    }

    private static List<string>? Product(List<string> left, List<string>? right, int maxCount, int maxCharacters)
    {
        if (right is null)
        {
            return null;
        }

        long count = (long)left.Count * right.Count;
        long characters = (left.Sum(static t => (long)t.Length) * right.Count) + (right.Sum(static t => (long)t.Length) * left.Count);
        bool isProduct = left.Count > 1 && right.Count > 1;
        if (count > (isProduct ? MaxProduct : maxCount) || characters > maxCharacters)
        {
            return null;
        }

        var product = new List<string>((int)count);
        foreach (string start in left)
        {
            foreach (string end in right)
            {
                product.Add(start + end);
            }
        }

        return product;
    }

    private static List<string>? Union(RegexNode node, int maxCount, int maxCharacters)
    {
        var union = new List<string>(node.Children.Length);
        long characters = 0;
        foreach (RegexNode child in node.Children)
        {
            if (Collect(child, maxCount, maxCharacters) is not { } texts || union.Count + texts.Count > maxCount)
            {
                return null;
            }

            characters += texts.Sum(static t => (long)t.Length);
            if (characters > maxCharacters)
            {
                return null;
            }

            union.AddRange(texts);
        }

        return union;
    }
}
