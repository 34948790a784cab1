using System.Text;
using Pharos.Core.Matching.Expressions;

namespace Pharos.Core.Matching;

/// <summary>
/// A regular expression in RE2 syntax that may match anywhere in a text, as Go's <c>regexp</c> has it: what templates search and replace with. One search takes
/// time linear in the text. Immutable, usable from any thread.
/// </summary>
public sealed class SearchRegex
{
    // As ReplacementRegex has it: some 32 MB.
    private const long MaxThreadSlots = 4_000_000;

    private static readonly RegexCache<SearchRegex> Cache = new(static pattern => new SearchRegex(pattern), static regex => regex._program.Instructions.Length);

    private readonly RegexProgram _program;
    private readonly List<string?> _names = [null];

    private SearchRegex(string pattern)
    {
        Pattern = pattern;
        RegexNode root = RegexParser.Parse(pattern, RegexFlags.None);
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
    public static SearchRegex Parse(string pattern) => Cache.Get(pattern);

    /// <summary>Whether some part of the text matches.</summary>
    public bool IsMatch(string text) => CaptureMatcher.TryMatch(_program, text, anchored: false, new int[_program.Slots]);

    /// <summary>
    /// The text with every match replaced by a template, from left to right, without overlap; templates are those of <see cref="ReplacementRegex.Expand"/>. Null
    /// when the result would be longer than <paramref name="maxLength"/> UTF-16 units.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was called off; looked at before each search.</exception>
    public string? ReplaceAll(string text, string template, int maxLength, CancellationToken cancellation)
    {
        int[] slots = new int[_program.Slots];
        var replaced = new StringBuilder();
        int copied = 0;
        for (int from = 0; from <= text.Length && CaptureMatcher.TryMatch(_program, text, anchored: false, slots, from);)
        {
            cancellation.ThrowIfCancellationRequested();
            (int start, int end) = (slots[0], slots[1]);
            replaced.Append(text, copied, start - copied);

            // An empty match right behind another match does not count.
            if (end > copied || start == 0)
            {
                replaced.Append(RegexTemplate.Expand(template, text, slots, _names));
            }

            if (replaced.Length > maxLength)
            {
                return null;
            }

            copied = end;
            _ = TextRunes.At(text, from, out int length);
            from = Math.Max(end, from + length);
        }

        replaced.Append(text, copied, text.Length - copied);
        return replaced.Length > maxLength ? null : replaced.ToString();
    }
}
