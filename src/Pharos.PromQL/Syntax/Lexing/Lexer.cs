using System.Buffers;
using System.Text;
using Pharos.PromQL.Syntax.Text;

namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>
/// Cuts a query into tokens. The text is UTF-8 that need not be valid; positions are bytes. After an error token nothing else comes.
/// Not thread-safe; one instance a text.
/// </summary>
internal sealed partial class Lexer
{
    private const int EndOfText = -1;
    private const int InvalidRune = 0xfffd;

    private readonly ReadOnlyMemory<byte> _text;
    private Mode _mode;
    private int _position;
    private int _start;
    private int _width;
    private bool _scanned;
    private Token _token;

    private int _parenDepth;
    private bool _braceOpen;
    private bool _bracketOpen;
    private bool _colonSeen;
    private bool _durationSeen;

    /// <param name="text">The whole text; must not change while the lexer is used.</param>
    /// <param name="seriesDescription">Whether values follow the label set, as in test scripts.</param>
    public Lexer(ReadOnlyMemory<byte> text, bool seriesDescription = false)
    {
        _text = text;
        _seriesDescription = seriesDescription;
    }

    // What the text means depends on what is open; each mode scans at most one token and names the next mode.
    private enum Mode
    {
        Statement,
        Braces,
        DurationExpression,
        Values,
        Histogram,
        Buckets,
        Done,
    }

    /// <summary>Where the token begins that an error interrupted.</summary>
    public int PendingStart => _start;

    /// <summary>The text of a token.</summary>
    public ReadOnlySpan<byte> TextOf(Token token) => _text.Span[token.Start..token.End];

    /// <summary>The next token; again and again the end of the input once that is reached.</summary>
    public Token Next()
    {
        _scanned = false;
        while (!_scanned)
        {
            _mode = _mode switch
            {
                Mode.Statement => ScanStatement(),
                Mode.Braces => ScanBraces(),
                Mode.DurationExpression => ScanDurationExpression(),
                Mode.Values => ScanValues(),
                Mode.Histogram => ScanHistogram(),
                Mode.Buckets => ScanBuckets(),
                _ => Emit(TokenKind.EndOfInput, Mode.Done),
            };
        }

        return _token;
    }

    private Mode ScanStatement()
    {
        if (_histogram != HistogramState.None)
        {
            return ScanHistogram();
        }

        if (_braceOpen)
        {
            return ScanBraces();
        }

        int rune = Read();
        return rune switch
        {
            EndOfText when _parenDepth != 0 => Fail("unclosed left parenthesis"),
            EndOfText when _bracketOpen => Fail("unclosed left bracket"),
            EndOfText => Emit(TokenKind.EndOfInput, Mode.Done),
            '#' => ScanComment(),
            '(' => OpenParen(Mode.Statement),
            ')' => CloseParen(Mode.Statement),
            '[' => OpenBracket(),
            ']' => CloseBracket(),
            '{' => OpenBrace(),
            '"' or '\'' => ScanString(rune),
            '`' => ScanRawString(),
            _ when IsSpace(rune) => SkipSpaces(Mode.Statement),
            _ when IsDigit(rune) || (rune == '.' && IsDigit(Peek())) => ScanNumberOrDuration(),
            _ when IsLetter(rune) || rune == ':' => _bracketOpen ? ScanWordInBrackets(rune) : ScanWord(),
            _ => ScanOperator(rune),
        };
    }

    private Mode ScanOperator(int rune)
    {
        switch (rune)
        {
            case ',':
                return Emit(TokenKind.Comma);
            case '*':
                return Emit(TokenKind.Mul);
            case '/':
                return Emit(TokenKind.Div);
            case '%':
                return Emit(TokenKind.Mod);
            case '+':
                return Emit(TokenKind.Add);
            case '-':
                return Emit(TokenKind.Sub);
            case '^':
                return Emit(TokenKind.Pow);
            case '@':
                return Emit(TokenKind.At);
            case '=' when Peek() == '~':
                return Fail("unexpected character after '=': '~'");
            case '=':
                return Emit(Accept('=') ? TokenKind.EqualEqual : TokenKind.Equal);
            case '!':
                int next = Read();
                return next == '=' ? Emit(TokenKind.NotEqual) : Fail($"unexpected character after '!': {GoText.QuoteRune(next)}");
            case '<':
                return Emit(Accept('=') ? TokenKind.LessOrEqual : Accept('/') ? TokenKind.TrimUpper : TokenKind.Less);
            case '>':
                return Emit(Accept('=') ? TokenKind.GreaterOrEqual : Accept('/') ? TokenKind.TrimLower : TokenKind.Greater);
            default:
                return Fail($"unexpected character: {GoText.QuoteRune(rune)}");
        }
    }

    // Inside the braces of a selector there are no keywords.
    private Mode ScanBraces()
    {
        int rune = Read();
        switch (rune)
        {
            case EndOfText:
                return Fail("unexpected end of input inside braces");
            case '#':
                return ScanComment();
            case ',':
                return Emit(TokenKind.Comma, Mode.Braces);
            case '"' or '\'':
                return ScanString(rune);
            case '`':
                return ScanRawString();
            case '=':
                return Emit(Accept('~') ? TokenKind.EqualRegex : TokenKind.Equal, Mode.Braces);
            case '!':
                int next = Read();
                return next switch
                {
                    '~' => Emit(TokenKind.NotEqualRegex, Mode.Braces),
                    '=' => Emit(TokenKind.NotEqual, Mode.Braces),
                    _ => Fail($"unexpected character after '!' inside braces: {GoText.QuoteRune(next)}"),
                };
            case '{':
                return Fail("unexpected left brace '{'");
            case '}':
                _braceOpen = false;
                return Emit(TokenKind.RightBrace, _seriesDescription ? Mode.Values : Mode.Statement);
            case int when IsSpace(rune):
                return SkipSpaces(Mode.Statement);
            case int when IsLetter(rune):
                ReadWhile(static r => IsLetter(r) || IsDigit(r));
                return Emit(TokenKind.Identifier);
            default:
                return Fail($"unexpected character inside braces: {GoText.QuoteRune(rune)}");
        }
    }

    private Mode OpenParen(Mode next)
    {
        _parenDepth++;
        return Emit(TokenKind.LeftParen, next);
    }

    private Mode CloseParen(Mode next)
    {
        _parenDepth--;
        Emit(TokenKind.RightParen);
        return _parenDepth < 0 ? Fail("unexpected right parenthesis ')'") : next;
    }

    private Mode OpenBrace()
    {
        _braceOpen = true;
        return Emit(TokenKind.LeftBrace, Mode.Braces);
    }

    private Mode OpenBracket()
    {
        if (_bracketOpen)
        {
            return Fail("unexpected left bracket '['");
        }

        _colonSeen = false;
        _bracketOpen = true;
        Emit(TokenKind.LeftBracket);
        return SkipSpaces(Mode.DurationExpression);
    }

    private Mode CloseBracket()
    {
        if (!_bracketOpen)
        {
            return Fail("unexpected right bracket ']'");
        }

        _bracketOpen = false;
        return Emit(TokenKind.RightBracket);
    }

    private Mode ScanComment()
    {
        ReadWhile(static r => r is not ('\r' or '\n' or EndOfText));
        return Emit(TokenKind.Comment);
    }

    private Mode ScanWord()
    {
        ReadWhile(static r => IsLetter(r) || IsDigit(r) || r == ':');
        ReadOnlySpan<byte> word = _text.Span[_start.._position];
        if (!Keywords.TryFind(word, out TokenKind kind))
        {
            kind = word.Contains((byte)':') ? TokenKind.MetricIdentifier : TokenKind.Identifier;
        }
        else if (kind is TokenKind.Fill or TokenKind.FillLeft or TokenKind.FillRight && !IsFollowedByParen())
        {
            kind = TokenKind.Identifier;
        }

        Emit(kind);
        return _seriesDescription && Peek() != '{' ? Mode.Values : Mode.Statement;
    }

    private bool IsFollowedByParen()
    {
        ReadOnlySpan<byte> rest = _text.Span[_position..].TrimStart(" \t\n\r"u8);
        return !rest.IsEmpty && rest[0] == '(';
    }

    private Mode ScanString(int quote)
    {
        while (true)
        {
            int rune = Read();
            if (rune == quote)
            {
                return Emit(TokenKind.String);
            }

            string? error = rune switch
            {
                '\\' => ScanEscape(quote),
                InvalidRune => "invalid UTF-8 rune",
                EndOfText or '\n' => "unterminated quoted string",
                _ => null,
            };
            if (error is not null)
            {
                return Fail(error);
            }
        }
    }

    private Mode ScanRawString()
    {
        while (true)
        {
            switch (Read())
            {
                case '`':
                    return Emit(TokenKind.String);
                case InvalidRune:
                    return Fail("invalid UTF-8 rune");
                case EndOfText:
                    return Fail("unterminated raw string");
            }
        }
    }

    // Reads what follows a backslash; answers what is wrong with it, or null.
    private string? ScanEscape(int quote)
    {
        int rune = Read();
        if (rune == quote)
        {
            return null;
        }

        switch (rune)
        {
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '\\':
                return null;
            case >= '0' and <= '7':
                return ScanEscapeDigits(rune, 3, 8, 255);
            case 'x':
                return ScanEscapeDigits(Read(), 2, 16, 255);
            case 'u':
                return ScanEscapeDigits(Read(), 4, 16, 0x10ffff);
            case 'U':
                return ScanEscapeDigits(Read(), 8, 16, 0x10ffff);
            case EndOfText:
                return "escape sequence not terminated";
            default:
                return $"unknown escape sequence {GoText.CodePoint(rune)}";
        }
    }

    private string? ScanEscapeDigits(int first, int count, int numberBase, uint max)
    {
        uint value = 0;
        int rune = first;
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                rune = Read();
            }

            int digit = rune is >= 0 and < 128 && char.IsAsciiHexDigit((char)rune) ? Convert.ToInt32(((char)rune).ToString(), 16) : 16;
            if (digit >= numberBase)
            {
                return rune == EndOfText ? "escape sequence not terminated" : $"illegal character {GoText.CodePoint(rune)} in escape sequence";
            }

            value = unchecked((value * (uint)numberBase) + (uint)digit);
        }

        return value > max || value is >= 0xd800 and < 0xe000 ? "escape sequence is an invalid Unicode code point" : null;
    }

    private static bool IsSpace(int rune) => rune is ' ' or '\t' or '\n' or '\r';

    private static bool IsDigit(int rune) => rune is >= '0' and <= '9';

    private static bool IsLetter(int rune) => rune is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private Mode Emit(TokenKind kind, Mode next = Mode.Statement)
    {
        _token = new Token(kind, _start, _position);
        _start = _position;
        _scanned = true;
        return next;
    }

    private Mode Fail(string message)
    {
        _token = new Token(TokenKind.Error, _start, _position, message);
        _scanned = true;
        return Mode.Done;
    }

    private Mode SkipSpaces(Mode next)
    {
        ReadWhile(IsSpace);
        _start = _position;
        return next;
    }

    private void ReadWhile(Func<int, bool> isWanted)
    {
        while (isWanted(Read()))
        {
        }

        Unread();
    }

    // The next character; U+FFFD for a byte that is not valid UTF-8.
    private int Read()
    {
        ReadOnlySpan<byte> rest = _text.Span[_position..];
        if (rest.IsEmpty)
        {
            _width = 0;
            return EndOfText;
        }

        if (rest[0] < 0x80)
        {
            _width = 1;
            _position++;
            return rest[0];
        }

        // Go takes one byte for an error, however much of a character there is.
        OperationStatus status = Rune.DecodeFromUtf8(rest, out Rune rune, out int length);
        _width = status == OperationStatus.Done ? length : 1;
        _position += _width;
        return rune.Value;
    }

    // Once after each Read.
    private void Unread()
    {
        _position -= _width;
        _width = 0;
    }

    private int Peek()
    {
        int rune = Read();
        Unread();
        return rune;
    }

    private bool Accept(int wanted)
    {
        if (Read() == wanted)
        {
            return true;
        }

        Unread();
        return false;
    }
}
