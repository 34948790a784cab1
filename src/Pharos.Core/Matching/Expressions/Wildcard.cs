using System.Diagnostics.CodeAnalysis;

namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// Literals with <c>.*</c> or <c>.+</c> between them: a prefix, a suffix, what is contained, anything. Matched by searching the literals from the left, the
/// leftmost place each, which is enough since what stands between them may be anything.
/// </summary>
/// <typeparam name="T"><see cref="char"/> for UTF-16, <see cref="byte"/> for UTF-8.</typeparam>
internal sealed class Wildcard<T>
    where T : unmanaged, IEquatable<T>
{
    private readonly T[][] _literals;

    // Whether the gap behind each literal but the last must have a character.
    private readonly bool[] _gapHasCharacter;

    private Wildcard(T[][] literals, bool[] gapHasCharacter)
    {
        _literals = literals;
        _gapHasCharacter = gapHasCharacter;
    }

    /// <summary>Whether it is anything at all, or anything but the empty text.</summary>
    public bool IsAnything => _literals is [[], []];

    /// <summary>Whether the empty text matches.</summary>
    public bool MatchesEmpty => IsMatch([]);

    /// <summary>Makes a matcher when the expression, which is simplified, is of this form.</summary>
    public static bool TryMake(RegexNode root, Func<string, T[]> encode, [NotNullWhen(true)] out Wildcard<T>? wildcard)
    {
        wildcard = null;
        RegexNode[] parts = root.Kind == RegexNodeKind.Concat ? root.Children : [root];
        var literals = new List<T[]>();
        var gaps = new List<bool>();
        bool afterGap = true;
        foreach (RegexNode part in parts)
        {
            if (part.IsWildcard && part.Min <= 1)
            {
                if (afterGap)
                {
                    literals.Add([]);
                }

                gaps.Add(part.Min == 1);
                afterGap = true;
            }
            else if (part.Kind == RegexNodeKind.Literal && afterGap)
            {
                literals.Add(encode(part.Text));
                afterGap = false;
            }
            else
            {
                return false;
            }
        }

        if (gaps.Count == 0)
        {
            return false;
        }

        if (afterGap)
        {
            literals.Add([]);
        }

        wildcard = new Wildcard<T>([.. literals], [.. gaps]);
        return true;
    }

    public bool IsMatch(ReadOnlySpan<T> text)
    {
        ReadOnlySpan<T> prefix = _literals[0];
        ReadOnlySpan<T> suffix = _literals[^1];
        if (text.Length < prefix.Length + suffix.Length || !text.StartsWith(prefix) || !text.EndsWith(suffix))
        {
            return false;
        }

        ReadOnlySpan<T> rest = text[prefix.Length..^suffix.Length];
        for (int i = 1; i < _literals.Length - 1; i++)
        {
            int skip = 0;
            if (_gapHasCharacter[i - 1])
            {
                skip = RuneLength(rest);
                if (skip == 0)
                {
                    return false;
                }
            }

            int at = rest[skip..].IndexOf(_literals[i]);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(skip + at + _literals[i].Length)..];
        }

        return !_gapHasCharacter[^1] || rest.Length > 0;
    }

    // Units of the first character, 0 when there is none.
    private static int RuneLength(ReadOnlySpan<T> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        int length = 1;
        if (typeof(T) == typeof(char))
        {
            return char.IsHighSurrogate((char)(object)text[0]) && text.Length > 1 ? 2 : 1;
        }

        while (length < text.Length && ((byte)(object)text[length] & 0xC0) == 0x80)
        {
            length++;
        }

        return length;
    }
}
