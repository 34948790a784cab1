using System.Diagnostics;

namespace Pharos.Core.Matching.Expressions;

/// <summary>What assertions look at: the kinds of the characters before and behind a position.</summary>
internal static class RegexAssertions
{
    /// <summary>Stands for the character before the start and behind the end of the text.</summary>
    public const int NoRune = -1;

    /// <summary>The kind of a code point, or of <see cref="NoRune"/>.</summary>
    public static RuneKind KindOf(int rune) => rune switch
    {
        NoRune => RuneKind.Outside,
        '\n' => RuneKind.LineFeed,
        < 0x80 when char.IsAsciiLetterOrDigit((char)rune) || rune == '_' => RuneKind.Word,
        _ => RuneKind.Other,
    };

    /// <summary>Whether an assertion holds between two characters.</summary>
    public static bool Hold(RegexNodeKind assertion, RuneKind before, RuneKind behind) => assertion switch
    {
        RegexNodeKind.BeginText => before == RuneKind.Outside,
        RegexNodeKind.EndText => behind == RuneKind.Outside,
        RegexNodeKind.BeginLine => before is RuneKind.Outside or RuneKind.LineFeed,
        RegexNodeKind.EndLine => behind is RuneKind.Outside or RuneKind.LineFeed,
        RegexNodeKind.WordBoundary => before == RuneKind.Word != (behind == RuneKind.Word),
        RegexNodeKind.NoWordBoundary => before == RuneKind.Word == (behind == RuneKind.Word),
        _ => throw new UnreachableException($"assertion {assertion}"),
    };
}
