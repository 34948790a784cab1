using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Alerting.Matchers;

/// <summary>
/// The UTF-8 syntax: <c>{name="value", "any name"!~"value"}</c>, braces optional, quotes only where a text has characters of the syntax. Messages are upstream's:
/// first and last column, what stands there, what was expected.
/// </summary>
internal sealed class Utf8MatcherParser
{
    private readonly MatcherLexer _lexer;

    private Utf8MatcherParser(string input)
    {
        _lexer = new MatcherLexer(input);
    }

    /// <summary>Any number of matchers.</summary>
    /// <exception cref="MatcherException">The text is not of the syntax.</exception>
    public static List<AlertMatcher> ParseAll(string input) => new Utf8MatcherParser(input).Parse();

    /// <summary>Exactly one matcher.</summary>
    /// <exception cref="MatcherException">The text is not of the syntax, or has none or several.</exception>
    public static AlertMatcher ParseOne(string input)
    {
        List<AlertMatcher> matchers = ParseAll(input);
        return matchers.Count switch
        {
            1 => matchers[0],
            0 => throw new MatcherException("no matchers"),
            _ => throw new MatcherException($"expected 1 matcher, found {matchers.Count}"),
        };
    }

    private List<AlertMatcher> Parse()
    {
        var matchers = new List<AlertMatcher>();
        bool isBraced = _lexer.Peek().Kind == MatcherTokenKind.OpenBrace;
        if (isBraced)
        {
            _lexer.Take();
        }

        MatcherTokenKind first = _lexer.Peek().Kind;
        if (first == MatcherTokenKind.End && !isBraced)
        {
            return matchers;
        }

        bool hasMore = first is not (MatcherTokenKind.End or MatcherTokenKind.CloseBrace);
        while (hasMore)
        {
            matchers.Add(ReadMatcher());
            hasMore = ReadSeparator();
        }

        Close(isBraced);
        MatcherToken rest = Expecting("expected end of input", _lexer.Take);
        return rest.Kind == MatcherTokenKind.End ? matchers : throw new MatcherException($"{rest.StartColumn}:{rest.EndColumn}: {rest.Text}: expected end of input");
    }

    private AlertMatcher ReadMatcher()
    {
        string name = ReadText("expected label name");
        MatcherToken sign = Take(
            "expected an operator such as '=', '!=', '=~' or '!~'",
            MatcherTokenKind.Equal, MatcherTokenKind.NotEqual, MatcherTokenKind.Match, MatcherTokenKind.NotMatch);
        string value = ReadText("expected label value");
        try
        {
            return new AlertMatcher(
                sign.Kind switch
                {
                    MatcherTokenKind.Equal => MatchType.Equal,
                    MatcherTokenKind.NotEqual => MatchType.NotEqual,
                    MatcherTokenKind.Match => MatchType.Match,
                    _ => MatchType.NotMatch,
                },
                name,
                value);
        }
        catch (MatcherException e)
        {
            throw new MatcherException($"failed to create matcher: {e.Message}");
        }
    }

    private string ReadText(string expected)
    {
        MatcherToken token = Take(expected, MatcherTokenKind.Quoted, MatcherTokenKind.Unquoted);
        return token.Kind == MatcherTokenKind.Unquoted
            ? token.Text
            : QuotedText.Unquote(token.Text) ?? throw new MatcherException($"{token.StartColumn}:{token.EndColumn}: {token.Text}: invalid input");
    }

    // Whether another matcher follows.
    private bool ReadSeparator()
    {
        if (IsEnd("expected a comma or close brace", MatcherTokenKind.Comma, MatcherTokenKind.CloseBrace))
        {
            return false;
        }

        _lexer.Take();
        return !IsEnd("expected a matcher or close brace after comma", MatcherTokenKind.Unquoted, MatcherTokenKind.Quoted, MatcherTokenKind.CloseBrace);
    }

    // Whether the matchers end here: at the end of the text, or before the close brace, which is always among the allowed.
    private bool IsEnd(string expected, params ReadOnlySpan<MatcherTokenKind> allowed)
    {
        MatcherToken token = Expecting(expected, _lexer.Peek);
        return token.Kind == MatcherTokenKind.End || (allowed.Contains(token.Kind) ? token.Kind == MatcherTokenKind.CloseBrace : throw Unexpected(token, expected));
    }

    private void Close(bool isBraced)
    {
        bool isClosing = _lexer.Peek().Kind == MatcherTokenKind.CloseBrace;
        if (isBraced && !isClosing)
        {
            throw new MatcherException($"0:{_lexer.Column}: end of input: expected close brace");
        }

        if (!isClosing)
        {
            return;
        }

        _lexer.Take();
        if (!isBraced)
        {
            throw new MatcherException($"0:{_lexer.Column}: }}: expected opening brace");
        }
    }

    private MatcherToken Take(string expected, params ReadOnlySpan<MatcherTokenKind> allowed)
    {
        MatcherToken token = Expecting(expected, _lexer.Peek);
        if (token.Kind == MatcherTokenKind.End)
        {
            throw new MatcherException($"end of input: {expected}");
        }

        return allowed.Contains(token.Kind) ? _lexer.Take() : throw Unexpected(token, expected);
    }

    private static MatcherException Unexpected(MatcherToken token, string expected) => new($"{token.StartColumn}:{token.EndColumn}: unexpected {token.Text}: {expected}");

    private static MatcherToken Expecting(string expected, Func<MatcherToken> read)
    {
        try
        {
            return read();
        }
        catch (MatcherException e)
        {
            throw new MatcherException($"{e.Message}: {expected}");
        }
    }
}
