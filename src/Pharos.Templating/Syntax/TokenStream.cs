using System.Globalization;

namespace Pharos.Templating.Syntax;

/// <summary>The tokens of a text with a place among them; behind the last one it stays there.</summary>
internal sealed class TokenStream(string name, List<Token> tokens)
{
    private int _next;
    private int _seen;

    /// <summary>The line where the action that is being read begins; 0 outside.</summary>
    public int ActionLine { get; set; }

    public int Mark() => _next;

    public void Reset(int mark) => _next = mark;

    public Token Peek()
    {
        int at = Math.Min(_next, tokens.Count - 1);
        _seen = Math.Max(_seen, at);
        return tokens[at];
    }

    public Token Next()
    {
        Token token = Peek();
        _next++;
        return token;
    }

    public Token NextNonSpace()
    {
        Token token = Next();
        while (token.Kind == TokenKind.Space)
        {
            token = Next();
        }

        return token;
    }

    public Token PeekNonSpace()
    {
        Token token = NextNonSpace();
        _next--;
        return token;
    }

    /// <exception cref="TemplateException">The next token is another one.</exception>
    public void Expect(TokenKind kind, string context)
    {
        Token token = NextNonSpace();
        if (token.Kind != kind)
        {
            throw Unexpected(token, context);
        }
    }

    /// <summary>What to throw when a token cannot stand where it does.</summary>
    public TemplateException Unexpected(Token token, string context)
    {
        if (token.Kind != TokenKind.Error)
        {
            return Error($"unexpected {token} in {context}");
        }

        if (ActionLine == 0 || ActionLine == token.Line)
        {
            return Error(token.Text);
        }

        string action = token.Text.EndsWith(" action", StringComparison.Ordinal) ? "" : " in action";
        return Error(string.Create(CultureInfo.InvariantCulture, $"{token.Text}{action} started at {name}:{ActionLine}"));
    }

    /// <summary>What to throw, with the line of what has been read.</summary>
    public TemplateException Error(string message) => new(string.Create(CultureInfo.InvariantCulture, $"template: {name}:{tokens[_seen].Line}: {message}"));
}
