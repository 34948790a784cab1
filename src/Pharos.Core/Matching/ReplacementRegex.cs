using Pharos.Core.Matching.Expressions;

namespace Pharos.Core.Matching;

/// <summary>
/// A regular expression in RE2 syntax with capture groups, anchored at both ends (<c>^(?s:…)$</c>), and the expansion of templates with what it captured:
/// what relabelling and <c>label_replace</c> need. Groups are found as Perl and Go do: the first branch that leads to a match, the longest greedy repetition.
/// Immutable, usable from any thread.
/// </summary>
public sealed class ReplacementRegex
{
    // Positions that threads in step may keep: some 32 MB.
    private const long MaxThreadSlots = 4_000_000;
    private const int MaxStackSlots = 64;

    private static readonly RegexCache<ReplacementRegex> Cache = new(static pattern => new ReplacementRegex(pattern), static regex => regex._matcher.Weight + regex._program.Instructions.Length);

    private readonly WholeMatcher _matcher;
    private readonly RegexProgram _program;
    private readonly bool _anchored;
    private readonly List<string?> _names = [null];

    // The pattern is one group around all, as (.*): nothing has to be searched.
    private readonly bool _capturesWhole;

    private ReplacementRegex(string pattern)
    {
        Pattern = pattern;

        // Wrapped as text, as upstream does: a pattern may well close the group, as a)|(b.
        RegexNode root = RegexParser.Parse($"^(?s:{pattern})$", RegexFlags.None);
        _anchored = root is { Kind: RegexNodeKind.Concat, Children: [{ Kind: RegexNodeKind.BeginText }, .., { Kind: RegexNodeKind.EndText }] };
        _capturesWhole = root is { Kind: RegexNodeKind.Concat, Children: [{ Kind: RegexNodeKind.BeginText }, { Kind: RegexNodeKind.Capture } group, { Kind: RegexNodeKind.EndText }] }
            && !HasCapture(group.Children[0]);
        _matcher = new WholeMatcher(_anchored ? root : Anywhere(root), pattern.Length);
        _program = RegexProgram.Compile(root, captures: true);
        root.CollectCaptureNames(_names);
        if ((long)_program.Slots * _program.Instructions.Length > MaxThreadSlots)
        {
            throw RegexErrors.At(RegexErrors.Large, pattern);
        }
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Parses a pattern, or takes it from a bounded cache.</summary>
    /// <exception cref="RegexSyntaxException">The pattern is not valid RE2, or too large.</exception>
    public static ReplacementRegex Parse(string pattern) => Cache.Get(pattern);

    /// <summary>Whether the whole value matches.</summary>
    public bool IsMatch(string value) => _matcher.IsMatch(value.AsSpan());

    /// <summary>
    /// The template with <c>$1</c>, <c>${1}</c>, <c>$name</c>, <c>${name}</c> replaced by what the value's match captured and <c>$$</c> by a dollar sign, or null
    /// when the value does not match. A name is as long as possible: <c>$1x</c> is the group named <c>1x</c>. A group that is not there is empty.
    /// </summary>
    public string? Expand(string value, string template)
    {
        if (!_matcher.IsMatch(value.AsSpan()))
        {
            return null;
        }

        if (!template.Contains('$', StringComparison.Ordinal))
        {
            return template;
        }

        Span<int> slots = _program.Slots <= MaxStackSlots ? stackalloc int[MaxStackSlots] : new int[_program.Slots];
        slots = slots[.._program.Slots];
        if (_capturesWhole)
        {
            slots[0] = slots[2] = 0;
            slots[1] = slots[3] = value.Length;
        }
        else if (!CaptureMatcher.TryMatch(_program, value, _anchored, slots))
        {
            return null;
        }

        return RegexTemplate.Expand(template, value, slots, _names);
    }

    private static RegexNode Anywhere(RegexNode root)
    {
        var anything = RegexNode.Repeat(RegexNode.OneOf(CharClass.Any), 0, RegexNode.Unbounded, greedy: true);
        return RegexNode.Concat([anything, root, anything]);
    }

    private static bool HasCapture(RegexNode node) => node.Kind == RegexNodeKind.Capture || Array.Exists(node.Children, HasCapture);
}
