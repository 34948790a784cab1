using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Pharos.Config.Yaml;

/// <summary>
/// Text to nodes. The syntax is YamlDotNet's; tags, aliases, merge keys and limits are ours. Nothing is given a type here: a scalar stays a text.
/// </summary>
public sealed class YamlParser
{
    private const string LongTagPrefix = "tag:yaml.org,2002:";

    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private readonly ConfigDiagnostics _diagnostics;
    private readonly YamlLimits _limits;
    private readonly Parser _events;
    private int _nodes;

    private YamlParser(string text, ConfigDiagnostics diagnostics, YamlLimits limits)
    {
        _diagnostics = diagnostics;
        _limits = limits;
        _events = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The documents of a file that is read now. Null when it cannot be read or is no YAML; the errors say why.</summary>
    public static IReadOnlyList<YamlNode>? ParseFile(string path, ConfigDiagnostics diagnostics, YamlLimits? limits = null)
    {
        byte[]? bytes;
        int maxBytes = (limits ?? YamlLimits.Default).MaxLength;
        try
        {
            bytes = BoundedFile.Read(path, maxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(TextPosition.None, BoundedFile.Describe(e, path));
            return null;
        }

        if (bytes is null)
        {
            diagnostics.Error(TextPosition.None, "the file is too large", expected: $"at most {maxBytes} bytes");
            return null;
        }

        return ParseBytes(bytes, diagnostics, limits);
    }

    /// <summary>The documents of a file's content.</summary>
    public static IReadOnlyList<YamlNode>? ParseBytes(ReadOnlySpan<byte> bytes, ConfigDiagnostics diagnostics, YamlLimits? limits = null)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        int valid = ValidUtf8Length(bytes);
        if (valid < bytes.Length)
        {
            ReadOnlySpan<byte> before = bytes[..valid];
            int line = before.Count((byte)'\n') + 1;
            int column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            diagnostics.Error(new TextPosition(line, column), "yaml: invalid UTF-8", expected: "a text file in UTF-8");
            return null;
        }

        return ParseText(Encoding.UTF8.GetString(bytes), diagnostics, limits);
    }

    /// <summary>The documents of a text. Null when it is no YAML or beyond the limits; the errors say why.</summary>
    public static IReadOnlyList<YamlNode>? ParseText(string text, ConfigDiagnostics diagnostics, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        if (text.Length > limits.MaxLength)
        {
            diagnostics.Error(TextPosition.None, $"the text has {text.Length} characters", expected: $"at most {limits.MaxLength}");
            return null;
        }

        int repairedUpTo = -1;
        for (int repairs = 0; ; repairs++)
        {
            var found = new ConfigDiagnostics(diagnostics.File);
            IReadOnlyList<YamlNode>? documents = TryParse(text, found, limits, out YamlException? error);
            if (error is null || !QuotedScalarRepair.TryRepair(ref text, error, repairs, ref repairedUpTo))
            {
                diagnostics.Include(found);
                return documents;
            }
        }
    }

    /// <summary>
    /// The one document of a file: an empty file is an empty mapping, as upstream takes it; a second document that is not empty is an error.
    /// Null when there is no usable document.
    /// </summary>
    public static YamlNode? Single(IReadOnlyList<YamlNode>? documents, ConfigDiagnostics diagnostics)
    {
        if (documents is null)
        {
            return null;
        }

        foreach (YamlNode extra in documents.Skip(1).Where(static d => !d.IsNull))
        {
            diagnostics.Error(extra.Position, "yaml: more than one document in the file", expected: "a single document");
            return null;
        }

        return documents.Count == 0 ? YamlNode.Scalar(new TextPosition(1, 1), null, "", isPlain: true) : documents[0];
    }

    private static List<YamlNode>? TryParse(string text, ConfigDiagnostics diagnostics, YamlLimits limits, out YamlException? error)
    {
        error = null;
        try
        {
            return new YamlParser(text, diagnostics, limits).ReadStream();
        }
        catch (YamlException e)
        {
            error = e;
            diagnostics.Error(Place(e.Start), "yaml: " + LowerFirst(e.Message));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or InvalidCastException or OverflowException)
        {
            // The scanner lets a few of these escape on malformed text.
            diagnostics.Error(TextPosition.None, "yaml: the text cannot be parsed");
        }

        return null;
    }

    private static int ValidUtf8Length(ReadOnlySpan<byte> bytes)
    {
        int valid = 0;
        while (valid < bytes.Length)
        {
            int ascii = bytes[valid..].IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
            if (ascii != 0)
            {
                valid = ascii < 0 ? bytes.Length : valid + ascii;
                continue;
            }

            if (Rune.DecodeFromUtf8(bytes[valid..], out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return valid;
            }

            valid += consumed;
        }

        return valid;
    }

    private static TextPosition Place(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static Mark MarkOf(YamlNode node) => new(0, node.Position.Line, node.Position.Column);

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');

    private static string? ShortTag(TagName tag)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return null;
        }

        return tag.Value.StartsWith(LongTagPrefix, StringComparison.Ordinal) ? "!!" + tag.Value[LongTagPrefix.Length..] : tag.Value;
    }

    private List<YamlNode> ReadStream()
    {
        var documents = new List<YamlNode>();
        while (_events.MoveNext())
        {
            switch (_events.Current)
            {
                case StreamStart or StreamEnd or DocumentEnd:
                    break;
                case DocumentStart:
                    _anchors.Clear();
                    break;
                default:
                    documents.Add(ReadNode(0));
                    break;
            }
        }

        return documents;
    }

    /// <summary>Reads the node at the current event; ends at its last event.</summary>
    private YamlNode ReadNode(int depth)
    {
        ParsingEvent current = _events.Current!;
        if (depth > _limits.MaxDepth)
        {
            throw new YamlException(current.Start, current.End, $"the nesting is deeper than {_limits.MaxDepth} levels");
        }

        if (++_nodes > _limits.MaxNodes)
        {
            throw new YamlException(current.Start, current.End, $"there are more than {_limits.MaxNodes} values");
        }

        if (current is AnchorAlias alias)
        {
            return ReadAlias(alias);
        }

        var node = (NodeEvent)current;
        string anchor = node.Anchor.IsEmpty ? "" : node.Anchor.Value;
        if (anchor.Length > 0)
        {
            _anchors[anchor] = null;
        }

        YamlNode result = node switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart sequence => ReadSequence(sequence, depth),
            MappingStart mapping => ReadMapping(mapping, depth),
            _ => throw new YamlException(node.Start, node.End, "unexpected content"),
        };
        if (result.ExpandedSize > _limits.MaxNodes)
        {
            throw new YamlException(node.Start, node.End, "document contains excessive aliasing");
        }

        if (anchor.Length > 0)
        {
            _anchors[anchor] = result;
        }

        return result;
    }

    private YamlNode ReadAlias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out YamlNode? target))
        {
            throw new YamlException(alias.Start, alias.End, $"unknown anchor '{alias.Value.Value}' referenced");
        }

        return target ?? throw new YamlException(alias.Start, alias.End, $"anchor '{alias.Value.Value}' value contains itself");
    }

    private static YamlNode ReadScalar(Scalar scalar)
    {
        string? tag = ShortTag(scalar.Tag);
        bool isPlain = scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsNonSpecific;
        if (tag is not "!!binary")
        {
            return YamlNode.Scalar(Place(scalar.Start), tag, scalar.Value, isPlain);
        }

        byte[] bytes = new byte[scalar.Value.Length];
        if (!Convert.TryFromBase64String(scalar.Value, bytes, out int length))
        {
            throw new YamlException(scalar.Start, scalar.End, "!!binary value contains invalid base64 data");
        }

        return YamlNode.Scalar(Place(scalar.Start), tag, ConfigText.FromBytes(bytes.AsSpan(0, length)), isPlain: false);
    }

    private YamlNode ReadSequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        return YamlNode.Sequence(Place(start.Start), ShortTag(start.Tag), items);
    }

    private YamlNode ReadMapping(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        List<YamlNode>? merged = null;
        while (Next() is not MappingEnd)
        {
            YamlNode key = ReadNode(depth + 1);
            Next();
            YamlNode value = ReadNode(depth + 1);
            if (key is { IsPlain: true, Text: "<<", Tag: null } or { Tag: "!!merge" })
            {
                AddMerged(merged ??= [], value);
            }
            else
            {
                entries.Add(new YamlEntry(key, value));
            }
        }

        if (merged is not null)
        {
            Merge(entries, merged);
        }

        return YamlNode.Mapping(Place(start.Start), ShortTag(start.Tag), entries);
    }

    private void AddMerged(List<YamlNode> merged, YamlNode value)
    {
        IReadOnlyList<YamlNode> sources = value.Kind == YamlKind.Sequence ? value.Items : [value];
        foreach (YamlNode source in sources)
        {
            if (source.Kind != YamlKind.Mapping)
            {
                _diagnostics.Error(source.Position, "map merge requires map or sequence of maps as the value", expected: "a mapping");
                continue;
            }

            _nodes = (int)Math.Min(int.MaxValue - 1L, (long)_nodes + source.Entries.Count);
            if (_nodes > _limits.MaxNodes)
            {
                throw new YamlException(MarkOf(value), MarkOf(value), "document contains excessive aliasing");
            }

            merged.Add(source);
        }
    }

    // What is written in the mapping itself wins, then the earlier of the merged mappings.
    private static void Merge(List<YamlEntry> entries, List<YamlNode> merged)
    {
        HashSet<string> known = new(entries.Where(static e => e.Key.Kind == YamlKind.Scalar).Select(static e => e.Key.Text), StringComparer.Ordinal);
        foreach (YamlEntry entry in merged.SelectMany(static m => m.Entries))
        {
            if (entry.Key.Kind != YamlKind.Scalar || known.Add(entry.Key.Text))
            {
                entries.Add(entry);
            }
        }
    }

    private ParsingEvent Next()
    {
        if (!_events.MoveNext())
        {
            throw new YamlException("unexpected end of the text");
        }

        return _events.Current!;
    }
}
