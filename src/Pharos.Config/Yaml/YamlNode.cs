namespace Pharos.Config.Yaml;

/// <summary>
/// A piece of a YAML document with its place. Immutable. An alias is the very node of its anchor, so a document is a graph without cycles;
/// merge keys are resolved, keys that were written twice are both there.
/// </summary>
public sealed class YamlNode
{
    private static readonly YamlNode[] NoItems = [];
    private static readonly YamlEntry[] NoEntries = [];

    private YamlNode(YamlKind kind, TextPosition position, string? tag)
    {
        Kind = kind;
        Position = position;
        Tag = tag;
    }

    /// <summary>The shape.</summary>
    public YamlKind Kind { get; }

    /// <summary>Where it begins.</summary>
    public TextPosition Position { get; }

    /// <summary>An explicit tag in its short form, as <c>!!str</c>; null when there is none.</summary>
    public string? Tag { get; }

    /// <summary>The text of a scalar after unfolding and unescaping; empty for the other shapes.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Whether a scalar was written without quotes, so that its text decides its type.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>The items of a sequence, in order.</summary>
    public IReadOnlyList<YamlNode> Items { get; private init; } = NoItems;

    /// <summary>The entries of a mapping, in order; merged ones last.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; private init; } = NoEntries;

    /// <summary>How many nodes a reader meets who follows every alias.</summary>
    public long ExpandedSize { get; private init; } = 1;

    /// <summary>Whether this is nothing: empty, <c>~</c> or <c>null</c>, unquoted.</summary>
    public bool IsNull => Kind == YamlKind.Scalar && YamlScalar.IsNull(this);

    /// <summary>The value of a key of a mapping; null where the key is absent or this is no mapping. The first of duplicates.</summary>
    public YamlNode? Find(string key)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (entry.Key.Kind == YamlKind.Scalar && string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>Makes a scalar.</summary>
    public static YamlNode Scalar(TextPosition position, string? tag, string text, bool isPlain) =>
        new(YamlKind.Scalar, position, tag) { Text = text, IsPlain = isPlain };

    /// <summary>Makes a sequence.</summary>
    public static YamlNode Sequence(TextPosition position, string? tag, IReadOnlyList<YamlNode> items)
    {
        long size = 1;
        foreach (YamlNode item in items)
        {
            size = AddSaturated(size, item.ExpandedSize);
        }

        return new YamlNode(YamlKind.Sequence, position, tag) { Items = items, ExpandedSize = size };
    }

    /// <summary>Makes a mapping.</summary>
    public static YamlNode Mapping(TextPosition position, string? tag, IReadOnlyList<YamlEntry> entries)
    {
        long size = 1;
        foreach (YamlEntry entry in entries)
        {
            size = AddSaturated(AddSaturated(size, entry.Key.ExpandedSize), entry.Value.ExpandedSize);
        }

        return new YamlNode(YamlKind.Mapping, position, tag) { Entries = entries, ExpandedSize = size };
    }

    private static long AddSaturated(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
