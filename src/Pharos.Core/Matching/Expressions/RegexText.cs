using System.Globalization;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>The small parts of a pattern's text: code points, escapes of one character, counts of repetitions.</summary>
internal static class RegexText
{
    /// <summary>Reads the code point at the position; the pattern has no lone surrogates.</summary>
    public static Rune ReadRune(string pattern, ref int position)
    {
        Rune rune = Rune.GetRuneAt(pattern, position);
        position += rune.Utf16SequenceLength;
        return rune;
    }

    /// <summary>The flag that a letter of <c>(?imsU)</c> names, or none.</summary>
    public static RegexFlags FlagOf(Rune rune) => rune.Value switch
    {
        'i' => RegexFlags.FoldCase,
        'm' => RegexFlags.MultiLine,
        's' => RegexFlags.DotMatchesLineFeed,
        'U' => RegexFlags.Ungreedy,
        _ => RegexFlags.None,
    };

    /// <summary>Reads <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>. False when the text is something else: the brace is then a literal. A count that is too large is -2.</summary>
    public static bool TryReadRepeat(string pattern, int start, out int length, out int min, out int max)
    {
        const int TooLarge = -2;
        length = 0;
        max = 0;
        int i = start + 1;
        if (!TryReadCount(pattern, ref i, out min))
        {
            return false;
        }

        max = min;
        if (i < pattern.Length && pattern[i] == ',')
        {
            i++;
            max = RegexNode.Unbounded;
            if (i < pattern.Length && pattern[i] != '}')
            {
                if (!TryReadCount(pattern, ref i, out max))
                {
                    return false;
                }

                min = max == TooLarge ? TooLarge : min;
            }
        }

        length = i + 1 - start;
        return i < pattern.Length && pattern[i] == '}';
    }

    /// <summary>Reads an escape that stands for one character, at the backslash.</summary>
    /// <exception cref="RegexSyntaxException">There is none of that name.</exception>
    public static int ReadEscape(string pattern, ref int position)
    {
        int start = position;
        int i = position + 1;
        if (i >= pattern.Length)
        {
            throw RegexErrors.At(RegexErrors.TrailingBackslash, "");
        }

        int rune = ReadRune(pattern, ref i).Value;
        int value = rune switch
        {
            'a' => '\a',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            'x' => ReadHex(pattern, ref i),
            >= '0' and <= '7' => ReadOctal(pattern, rune, ref i),
            < 0x80 when !char.IsAsciiLetterOrDigit((char)rune) => rune,
            _ => -1,
        };
        if (value < 0)
        {
            throw RegexErrors.At(RegexErrors.InvalidEscape, pattern[start..i]);
        }

        position = i;
        return value;
    }

    // \x41 or \x{1F600}; -1 with i behind the offending character.
    private static int ReadHex(string pattern, ref int i)
    {
        if (i >= pattern.Length)
        {
            return -1;
        }

        bool braced = pattern[i] == '{';
        int digits = 0;
        int value = 0;
        i += braced ? 1 : 0;
        while (i < pattern.Length && (braced || digits < 2))
        {
            int c = ReadRune(pattern, ref i).Value;
            if (braced && c == '}')
            {
                return digits > 0 ? value : -1;
            }

            if (c > 0x7f || !char.IsAsciiHexDigit((char)c))
            {
                return -1;
            }

            value = (value * 16) + int.Parse([(char)c], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            digits++;
            if (value > CharClass.MaxRune)
            {
                return -1;
            }
        }

        return !braced && digits == 2 ? value : -1;
    }

    // \0 and up to two more digits; \1 to \7 only with another digit behind, since alone they would be a reference.
    private static int ReadOctal(string pattern, int first, ref int i)
    {
        bool more = i < pattern.Length && pattern[i] is >= '0' and <= '7';
        if (first != '0' && !more)
        {
            return -1;
        }

        int value = first - '0';
        for (int digits = 1; digits < 3 && i < pattern.Length && pattern[i] is >= '0' and <= '7'; digits++)
        {
            value = (value * 8) + (pattern[i++] - '0');
        }

        return value;
    }

    private static bool TryReadCount(string pattern, ref int i, out int count)
    {
        const int Limit = 100_000_000;
        const int TooLarge = -2;
        int start = i;
        count = 0;
        while (i < pattern.Length && char.IsAsciiDigit(pattern[i]))
        {
            count = Math.Min((count * 10) + (pattern[i++] - '0'), Limit);
        }

        bool leadingZero = i - start > 1 && pattern[start] == '0';
        count = count == Limit ? TooLarge : count;
        return i > start && !leadingZero;
    }
}
