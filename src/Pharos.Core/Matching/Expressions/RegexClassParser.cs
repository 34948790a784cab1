using System.Diagnostics.CodeAnalysis;

namespace Pharos.Core.Matching.Expressions;

/// <summary>Reads character classes: brackets, <c>\d</c> and kin, <c>\p{…}</c>, <c>[:alpha:]</c>.</summary>
internal static class RegexClassParser
{
    /// <summary>Reads a bracket expression, at the bracket.</summary>
    public static CharClass ParseBracket(string pattern, ref int position, RegexFlags flags)
    {
        int start = position;
        int i = start + 1;
        bool negated = i < pattern.Length && pattern[i] == '^';
        i += negated ? 1 : 0;
        var builder = new CharClassBuilder();
        bool first = true;
        while (i >= pattern.Length || pattern[i] != ']' || first)
        {
            first = false;
            if (TryParsePosix(pattern, ref i, flags, out CharClass? named) || TryParseNamed(pattern, ref i, flags, out named))
            {
                builder.Add(named);
            }
            else
            {
                ParseRange(pattern, start, ref i, flags, builder);
            }
        }

        position = i + 1;
        CharClass parsed = builder.Build();
        return negated ? parsed.Negate() : parsed;
    }

    /// <summary>Reads <c>\d</c>, <c>\pL</c> or <c>\p{Greek}</c> and kin, at the backslash; false when there is something else.</summary>
    public static bool TryParseNamed(string pattern, ref int position, RegexFlags flags, [NotNullWhen(true)] out CharClass? named)
    {
        named = null;
        if (position + 1 >= pattern.Length || pattern[position] != '\\')
        {
            return false;
        }

        char letter = pattern[position + 1];
        char lower = char.ToLowerInvariant(letter);
        if (lower == 'p')
        {
            named = ParseUnicode(pattern, ref position, flags);
            return true;
        }

        if (NamedClasses.FindPerl(lower) is { } perl)
        {
            named = Apply(perl, negated: letter != lower, flags);
            position += 2;
            return true;
        }

        return false;
    }

    private static bool TryParsePosix(string pattern, ref int position, RegexFlags flags, [NotNullWhen(true)] out CharClass? named)
    {
        named = null;
        if (string.CompareOrdinal(pattern, position, "[:", 0, 2) != 0)
        {
            return false;
        }

        int end = pattern.IndexOf(":]", position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        string name = pattern[(position + 2)..end];
        bool negated = name.StartsWith('^');
        CharClass found = NamedClasses.FindPosix(negated ? name[1..] : name)
            ?? throw RegexErrors.At(RegexErrors.InvalidCharRange, pattern[position..(end + 2)]);
        named = Apply(found, negated, flags);
        position = end + 2;
        return true;
    }

    private static CharClass ParseUnicode(string pattern, ref int position, RegexFlags flags)
    {
        int start = position;
        int i = start + 2;
        string name;
        if (i < pattern.Length && pattern[i] == '{')
        {
            int end = pattern.IndexOf('}', i);
            if (end < 0)
            {
                throw RegexErrors.At(RegexErrors.InvalidCharRange, pattern[start..]);
            }

            name = pattern[(i + 1)..end];
            i = end + 1;
        }
        else
        {
            name = i < pattern.Length ? RegexText.ReadRune(pattern, ref i).ToString() : "";
        }

        bool negated = pattern[start + 1] == 'P';
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }

        CharClass found = UnicodeClasses.Find(name) ?? throw RegexErrors.At(RegexErrors.InvalidCharRange, pattern[start..i]);
        position = i;
        return Apply(found, negated, flags);
    }

    private static void ParseRange(string pattern, int bracket, ref int i, RegexFlags flags, CharClassBuilder builder)
    {
        int start = i;
        int first = ParseCharacter(pattern, bracket, ref i);
        int last = first;
        if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
        {
            i++;
            last = ParseCharacter(pattern, bracket, ref i);
            if (last < first)
            {
                throw RegexErrors.At(RegexErrors.InvalidCharRange, pattern[start..i]);
            }
        }

        _ = flags.HasFlag(RegexFlags.FoldCase) ? builder.AddFolded(first, last) : builder.Add(first, last);
    }

    private static int ParseCharacter(string pattern, int bracket, ref int i)
    {
        if (i >= pattern.Length)
        {
            throw RegexErrors.At(RegexErrors.MissingBracket, pattern[bracket..]);
        }

        return pattern[i] == '\\' ? RegexText.ReadEscape(pattern, ref i) : RegexText.ReadRune(pattern, ref i).Value;
    }

    // Folding comes before negation: (?i)\W is what no case of a word character matches.
    private static CharClass Apply(CharClass found, bool negated, RegexFlags flags)
    {
        CharClass folded = flags.HasFlag(RegexFlags.FoldCase) ? new CharClassBuilder().AddFolded(found).Build() : found;
        return negated ? folded.Negate() : folded;
    }
}
