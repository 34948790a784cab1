using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>Code points of a text, as instructions look at them.</summary>
internal static class TextRunes
{
    /// <summary>The code point at a position and its length in UTF-16 units; <see cref="RegexAssertions.NoRune"/> at the end.</summary>
    public static int At(ReadOnlySpan<char> text, int position, out int length)
    {
        length = 1;
        if (position >= text.Length)
        {
            return RegexAssertions.NoRune;
        }

        char c = text[position];
        if (!char.IsSurrogate(c))
        {
            return c;
        }

        Rune.DecodeFromUtf16(text[position..], out Rune rune, out length);
        return rune.Value;
    }

    /// <summary>Whether an assertion holds at a position.</summary>
    public static bool Hold(RegexNodeKind assertion, ReadOnlySpan<char> text, int position)
    {
        // What is beyond ASCII is of one kind, so a unit of a surrogate pair will do.
        int before = position > 0 ? text[position - 1] : RegexAssertions.NoRune;
        int behind = position < text.Length ? text[position] : RegexAssertions.NoRune;
        return RegexAssertions.Hold(assertion, RegexAssertions.KindOf(before), RegexAssertions.KindOf(behind));
    }

    /// <summary>Whether the instruction takes the code point.</summary>
    public static bool Takes(RegexProgram program, RegexInstruction instruction, int rune) => instruction.Op switch
    {
        RegexOp.Rune => instruction.Argument == rune,
        RegexOp.Class => rune >= 0 && program.Classes[instruction.Argument].Contains(rune),
        _ => false,
    };
}
