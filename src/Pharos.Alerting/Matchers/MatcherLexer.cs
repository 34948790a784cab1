using System.Text;

namespace Pharos.Alerting.Matchers;

/// <summary>Cuts a text of the UTF-8 syntax into tokens, one ahead. Not for several threads.</summary>
internal sealed class MatcherLexer(string input)
{
    private const string Marks = "{}!=~,\\\"'`";

    private int _offset;
    private MatcherToken? _next;
    private int _nextOffset;

    /// <summary>Runes taken so far.</summary>
    public int Column { get; private set; }

    /// <summary>Whether a text has characters that mean something in the syntax, so that it must be quoted.</summary>
    public static bool HasReserved(string text) => text.EnumerateRunes().Any(IsReserved);

    /// <summary>The token that <see cref="Take"/> gives next.</summary>
    /// <exception cref="MatcherException">What follows is no token.</exception>
    public MatcherToken Peek()
    {
        if (_next is null)
        {
            int offset = _offset;
            int column = Column;
            while (TryRune(offset, out Rune rune) && Rune.IsWhiteSpace(rune))
            {
                offset += rune.Utf16SequenceLength;
                column++;
            }

            _next = Scan(offset, column);
            _nextOffset = offset + _next.Value.Text.Length;
        }

        return _next.Value;
    }

    /// <summary>The next token, taken.</summary>
    /// <exception cref="MatcherException">What follows is no token.</exception>
    public MatcherToken Take()
    {
        MatcherToken token = Peek();
        _next = null;
        _offset = _nextOffset;
        Column = token.EndColumn;
        return token;
    }

    private static bool IsReserved(Rune rune) => Rune.IsWhiteSpace(rune) || (rune.IsAscii && Marks.Contains((char)rune.Value, StringComparison.Ordinal));

    private MatcherToken Scan(int offset, int column)
    {
        if (!TryRune(offset, out Rune rune))
        {
            return Token(MatcherTokenKind.End, offset, 0, column);
        }

        if (!IsReserved(rune))
        {
            return Unquoted(offset, column);
        }

        char following = offset + 1 < input.Length ? input[offset + 1] : '\0';
        return (char)rune.Value switch
        {
            '{' => Token(MatcherTokenKind.OpenBrace, offset, 1, column),
            '}' => Token(MatcherTokenKind.CloseBrace, offset, 1, column),
            ',' => Token(MatcherTokenKind.Comma, offset, 1, column),
            '=' => following == '~' ? Token(MatcherTokenKind.Match, offset, 2, column) : Token(MatcherTokenKind.Equal, offset, 1, column),
            '!' when following == '=' => Token(MatcherTokenKind.NotEqual, offset, 2, column),
            '!' when following == '~' => Token(MatcherTokenKind.NotMatch, offset, 2, column),
            '!' => throw new MatcherException(offset + 1 == input.Length
                ? $"{column}:{column + 1}: unexpected end of input, expected one of '=~'"
                : $"{column}:{column + 1}: !: expected one of '=~'"),
            '"' => Quoted(offset, column),
            _ => throw new MatcherException($"{column}:{column + 1}: {rune}: invalid input"),
        };
    }

    private MatcherToken Unquoted(int offset, int column)
    {
        int end = offset;
        while (TryRune(end, out Rune rune) && !IsReserved(rune))
        {
            end += rune.Utf16SequenceLength;
        }

        return Token(MatcherTokenKind.Unquoted, offset, end - offset, column);
    }

    private MatcherToken Quoted(int offset, int column)
    {
        int end = offset + 1;
        while (end < input.Length && input[end] != '"')
        {
            end += input[end] == '\\' ? 2 : 1;
        }

        if (end >= input.Length)
        {
            string open = input[offset..];
            throw new MatcherException($"{column}:{column + RuneCount(open)}: {open}: missing end \"");
        }

        return Token(MatcherTokenKind.Quoted, offset, end + 1 - offset, column);
    }

    private MatcherToken Token(MatcherTokenKind kind, int offset, int length, int column)
    {
        string text = input.Substring(offset, length);
        return new MatcherToken(kind, text, column, column + RuneCount(text));
    }

    private static int RuneCount(string text) => text.EnumerateRunes().Count();

    // A lone surrogate counts as one replacement character.
    private bool TryRune(int offset, out Rune rune)
    {
        rune = default;
        return offset < input.Length && (Rune.TryGetRuneAt(input, offset, out rune) || (rune = Rune.ReplacementChar) == Rune.ReplacementChar);
    }
}
