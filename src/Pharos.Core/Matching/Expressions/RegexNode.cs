using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>A node of a parsed expression. Immutable.</summary>
internal sealed class RegexNode
{
    /// <summary>No upper bound of a repetition.</summary>
    public const int Unbounded = -1;

    private RegexNode(RegexNodeKind kind, params RegexNode[] children)
    {
        Kind = kind;
        Children = children;
        long size = kind == RegexNodeKind.Alternate ? children.Length - 1 : 0;
        foreach (RegexNode child in children)
        {
            Height = Math.Max(Height, child.Height);
            size += child.Size;
        }

        Height++;
        Size = Math.Max(1, size);
    }

    public static RegexNode Empty { get; } = new(RegexNodeKind.Empty);

    public RegexNodeKind Kind { get; }

    public RegexNode[] Children { get; }

    /// <summary>The text of a literal.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The class of a class node.</summary>
    public CharClass Class { get; private init; } = CharClass.None;

    /// <summary>The number of a capture, from 1 on.</summary>
    public int Capture { get; private init; }

    /// <summary>The name of a capture, or null.</summary>
    public string? CaptureName { get; private init; }

    /// <summary>Least repetitions.</summary>
    public int Min { get; private init; }

    /// <summary>Most repetitions, or <see cref="Unbounded"/>.</summary>
    public int Max { get; private init; }

    /// <summary>Whether a repetition takes as much as it can.</summary>
    public bool Greedy { get; private init; }

    /// <summary>Levels of the tree below and with this node.</summary>
    public int Height { get; }

    /// <summary>About how many instructions the node compiles to.</summary>
    public long Size { get; private init; }

    /// <summary>Whether this is <c>.*</c>, <c>.+</c> or another repetition of any character at all.</summary>
    public bool IsWildcard => Kind == RegexNodeKind.Repeat && Max == Unbounded && Children[0].Kind == RegexNodeKind.Class && Children[0].Class.IsAny;

    public static RegexNode Assertion(RegexNodeKind kind) => new(kind);

    public static RegexNode Literal(string text) => new(RegexNodeKind.Literal) { Text = text, Size = text.Length };

    public static RegexNode OneOf(CharClass characters) => new(RegexNodeKind.Class) { Class = characters };

    public static RegexNode Captured(RegexNode child, int number, string? name) =>
        new(RegexNodeKind.Capture, child) { Capture = number, CaptureName = name, Size = child.Size + 2 };

    public static RegexNode Repeat(RegexNode child, int min, int max, bool greedy) =>
        new(RegexNodeKind.Repeat, child) { Min = min, Max = max, Greedy = greedy, Size = RepeatSize(child.Size, min, max) };

    /// <summary>The nodes in turn, flattened, neighbouring literals joined; one node is itself, none the empty text.</summary>
    public static RegexNode Concat(IReadOnlyList<RegexNode> children)
    {
        var flat = new List<RegexNode>(children.Count);
        var literal = new StringBuilder();
        foreach (RegexNode child in children)
        {
            foreach (RegexNode part in child.Kind == RegexNodeKind.Concat ? child.Children : [child])
            {
                if (part.Kind == RegexNodeKind.Literal)
                {
                    literal.Append(part.Text);
                }
                else if (part.Kind != RegexNodeKind.Empty)
                {
                    FlushLiteral(literal, flat);
                    flat.Add(part);
                }
            }
        }

        FlushLiteral(literal, flat);
        return flat.Count switch
        {
            0 => Empty,
            1 => flat[0],
            _ => new RegexNode(RegexNodeKind.Concat, [.. flat]),
        };
    }

    /// <summary>One of the nodes, flattened.</summary>
    public static RegexNode Alternate(IReadOnlyList<RegexNode> children)
    {
        var flat = new List<RegexNode>(children.Count);
        foreach (RegexNode child in children)
        {
            flat.AddRange(child.Kind == RegexNodeKind.Alternate ? child.Children : [child]);
        }

        return flat.Count == 1 ? flat[0] : new RegexNode(RegexNodeKind.Alternate, [.. flat]);
    }

    private static void FlushLiteral(StringBuilder literal, List<RegexNode> nodes)
    {
        if (literal.Length > 0)
        {
            nodes.Add(Literal(literal.ToString()));
            literal.Clear();
        }
    }

    private static long RepeatSize(long child, int min, int max) => max == Unbounded
        ? min == 0 ? child + 2 : (min * child) + 1
        : Math.Max(1, (max * child) + max - min);

    /// <summary>Sets the names of groups, each at its number; the list grows as needed.</summary>
    public void CollectCaptureNames(List<string?> names)
    {
        if (Kind == RegexNodeKind.Capture)
        {
            while (names.Count <= Capture)
            {
                names.Add(null);
            }

            names[Capture] = CaptureName;
        }

        foreach (RegexNode child in Children)
        {
            child.CollectCaptureNames(names);
        }
    }
}
