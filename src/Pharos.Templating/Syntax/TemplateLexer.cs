using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Templating.Syntax;

/// <summary>Cuts a template into tokens. The last one is the end or an error.</summary>
internal sealed class TemplateLexer
{
    private const string LeftDelim = "{{";
    private const string RightDelim = "}}";
    private const string Spaces = " \t\r\n";

    private static readonly Dictionary<string, TokenKind> Keywords = new(StringComparer.Ordinal)
    {
        ["block"] = TokenKind.Block,
        ["break"] = TokenKind.Break,
        ["continue"] = TokenKind.Continue,
        ["define"] = TokenKind.Define,
        ["else"] = TokenKind.Else,
        ["end"] = TokenKind.End,
        ["if"] = TokenKind.If,
        ["nil"] = TokenKind.Nil,
        ["range"] = TokenKind.Range,
        ["template"] = TokenKind.Template,
        ["with"] = TokenKind.With,
        ["true"] = TokenKind.Bool,
        ["false"] = TokenKind.Bool,
    };

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _start;
    private int _line = 1;
    private int _lineCountedTo;
    private int _parens;
    private bool _failed;

    private TemplateLexer(string text) => _text = text;

    public static List<Token> Read(string text)
    {
        var lexer = new TemplateLexer(text);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        bool trim = false;
        while (!_failed)
        {
            if (trim)
            {
                SkipSpace();
                trim = false;
            }

            int open = _text.IndexOf(LeftDelim, _position, StringComparison.Ordinal);
            EmitText(open < 0 ? _text.Length : open, open >= 0 && IsTrimmedLeft(open));
            if (open < 0)
            {
                break;
            }

            _start = open;
            _position = open + LeftDelim.Length;
            int marker = IsTrimmedLeft(open) ? 2 : 0;
            if (At(_position + marker, "/*"))
            {
                _position += marker;
                trim = SkipComment();
            }
            else
            {
                Emit(TokenKind.LeftDelim);
                _position += marker;
                _start = _position;
                trim = ReadAction();
            }
        }

        if (!_failed)
        {
            _start = _position = _text.Length;
            Emit(TokenKind.Eof);
        }
    }

    private bool At(int position, string what) => string.CompareOrdinal(_text, position, what, 0, what.Length) == 0;

    private bool IsTrimmedLeft(int open) => At(open + 2, "-") && IsSpace(open + 3);

    private bool IsTrimmedRight(int position) => IsSpace(position) && At(position + 1, "-" + RightDelim);

    private bool IsSpace(int position) => position < _text.Length && Spaces.Contains(_text[position], StringComparison.Ordinal);

    private void SkipSpace()
    {
        while (IsSpace(_position))
        {
            _position++;
        }

        _start = _position;
    }

    private void EmitText(int end, bool trimRight)
    {
        _position = end;
        while (trimRight && _position > _start && IsSpace(_position - 1))
        {
            _position--;
        }

        if (_position > _start)
        {
            Emit(TokenKind.Text);
        }

        _start = _position = end;
    }

    // True when space behind it is trimmed.
    private bool SkipComment()
    {
        int end = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Fail("unclosed comment");
            return false;
        }

        _position = end + 2;
        bool trim = IsTrimmedRight(_position);
        _position += trim ? 2 : 0;
        if (!At(_position, RightDelim))
        {
            Fail("comment ends before closing delimiter");
            return false;
        }

        _position += RightDelim.Length;
        _start = _position;
        return trim;
    }

    // True when space behind it is trimmed.
    private bool ReadAction()
    {
        _parens = 0;
        while (!_failed)
        {
            _start = _position;
            bool trim = IsTrimmedRight(_position);
            if (trim || At(_position, RightDelim))
            {
                if (_parens > 0)
                {
                    Fail("unclosed left paren");
                    return false;
                }

                _position += trim ? 2 : 0;
                _start = _position;
                _position += RightDelim.Length;
                Emit(TokenKind.RightDelim);
                return trim;
            }

            ReadInside();
        }

        return false;
    }

    private void ReadInside()
    {
        if (_position >= _text.Length)
        {
            Fail("unclosed action");
            return;
        }

        char c = _text[_position++];
        switch (c)
        {
            case ' ' or '\t' or '\r' or '\n':
                ReadSpace();
                break;
            case '=':
                Emit(TokenKind.Assign);
                break;
            case ':':
                ReadDeclare();
                break;
            case '|':
                Emit(TokenKind.Pipe);
                break;
            case '"':
                ReadQuoted('"', TokenKind.String, "unterminated quoted string");
                break;
            case '\'':
                ReadQuoted('\'', TokenKind.CharConstant, "unterminated character constant");
                break;
            case '`':
                ReadRaw();
                break;
            case '$':
                ReadName(TokenKind.Variable, TokenKind.Variable);
                break;
            case '.' when _position >= _text.Length || !char.IsAsciiDigit(_text[_position]):
                ReadName(TokenKind.Field, TokenKind.Dot);
                break;
            case '(':
                _parens++;
                Emit(TokenKind.LeftParen);
                break;
            case ')':
                CloseParen();
                break;
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                _position--;
                ReadNumber();
                break;
            default:
                ReadOther(c);
                break;
        }
    }

    private void ReadSpace()
    {
        // A space that belongs to the closing delimiter stays.
        while (IsSpace(_position) && !IsTrimmedRight(_position))
        {
            _position++;
        }

        Emit(TokenKind.Space);
    }

    private void ReadDeclare()
    {
        if (!At(_position, "="))
        {
            Fail("expected :=");
            return;
        }

        _position++;
        Emit(TokenKind.Declare);
    }

    private void CloseParen()
    {
        if (--_parens < 0)
        {
            Fail("unexpected right paren");
            return;
        }

        Emit(TokenKind.RightParen);
    }

    private void ReadOther(char c)
    {
        _position--;
        if (IsAlphanumeric(_position, out _))
        {
            SkipAlphanumeric();
            string word = _text[_start.._position];
            if (CheckTerminator())
            {
                Emit(Keywords.GetValueOrDefault(word, TokenKind.Identifier));
            }

            return;
        }

        if (c is > ' ' and < '\x7f')
        {
            _position++;
            Emit(TokenKind.Char);
            return;
        }

        Fail($"unrecognized character in action: {Describe(_position)}");
    }

    private void ReadName(TokenKind named, TokenKind bare)
    {
        if (IsTerminator(_position))
        {
            Emit(bare);
            return;
        }

        SkipAlphanumeric();
        if (CheckTerminator())
        {
            Emit(named);
        }
    }

    private bool CheckTerminator()
    {
        if (!IsTerminator(_position))
        {
            Fail($"bad character {Describe(_position)}");
            return false;
        }

        return true;
    }

    private bool IsTerminator(int position) =>
        position >= _text.Length || IsSpace(position) || _text[position] is '.' or ',' or '|' or ':' or ')' or '(' or '}';

    private void SkipAlphanumeric()
    {
        while (IsAlphanumeric(_position, out int length))
        {
            _position += length;
        }
    }

    private bool IsAlphanumeric(int position, out int length)
    {
        length = 0;
        if (!Rune.TryGetRuneAt(position < _text.Length ? _text : " ", position < _text.Length ? position : 0, out Rune rune))
        {
            return false;
        }

        length = rune.Utf16SequenceLength;
        return rune.Value == '_' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
    }

    private void ReadQuoted(char quote, TokenKind kind, string error)
    {
        for (; _position < _text.Length && _text[_position] != '\n'; _position++)
        {
            char c = _text[_position];
            if (c == quote)
            {
                _position++;
                Emit(kind);
                return;
            }

            if (c == '\\' && (++_position >= _text.Length || _text[_position] == '\n'))
            {
                break;
            }
        }

        Fail(error);
    }

    private void ReadRaw()
    {
        int end = _text.IndexOf('`', _position);
        if (end < 0)
        {
            Fail("unterminated raw quoted string");
            return;
        }

        _position = end + 1;
        Emit(TokenKind.RawString);
    }

    private void ReadNumber()
    {
        if (_text[_position] is '+' or '-')
        {
            _position++;
        }

        string digits = "0123456789_";
        string exponent = "eE";
        if (At(_position, "0") && _position + 1 < _text.Length)
        {
            (digits, exponent, int prefix) = _text[_position + 1] switch
            {
                'x' or 'X' => ("0123456789abcdefABCDEF_", "pP", 2),
                'o' or 'O' => ("01234567_", "", 2),
                'b' or 'B' => ("01_", "", 2),
                _ => (digits, exponent, 0),
            };
            _position += prefix;
        }

        Accept(digits);
        if (At(_position, "."))
        {
            _position++;
            Accept(digits);
        }

        if (_position < _text.Length && exponent.Contains(_text[_position], StringComparison.Ordinal))
        {
            _position++;
            _position += At(_position, "+") || At(_position, "-") ? 1 : 0;
            Accept("0123456789_");
        }

        if (IsAlphanumeric(_position, out int length))
        {
            Fail($"bad number syntax: {GoQuote.Quote(_text[_start..(_position + length)])}");
            return;
        }

        Emit(TokenKind.Number);
    }

    private void Accept(string valid)
    {
        while (_position < _text.Length && valid.Contains(_text[_position], StringComparison.Ordinal))
        {
            _position++;
        }
    }

    // As U+0041 'A'.
    private string Describe(int position)
    {
        if (!Rune.TryGetRuneAt(_text, position, out Rune rune))
        {
            rune = Rune.ReplacementChar;
        }

        string code = "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);
        return Rune.IsControl(rune) ? code : $"{code} '{rune}'";
    }

    private void Emit(TokenKind kind) => Add(kind, _text[_start.._position]);

    private void Fail(string message)
    {
        Add(TokenKind.Error, message);
        _failed = true;
    }

    private void Add(TokenKind kind, string text)
    {
        // The line where the token begins; an unclosed action is found where the text ends.
        int place = kind == TokenKind.Error ? Math.Min(_position, _text.Length) : _start;
        if (place > _lineCountedTo)
        {
            _line += _text.AsSpan(_lineCountedTo, place - _lineCountedTo).Count('\n');
            _lineCountedTo = place;
        }

        _tokens.Add(new Token(kind, _start, text, _line));
        _start = _position;
    }
}
