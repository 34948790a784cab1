using Pharos.PromQL.Syntax.Text;

namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>Numbers, durations and what stands in the brackets of a range.</summary>
internal sealed partial class Lexer
{
    private const string Digits = "0123456789";
    private const string HexDigits = "0123456789abcdefABCDEF";

    private Mode ScanDurationExpression()
    {
        int rune = Read();
        switch (rune)
        {
            case EndOfText:
                return Fail("unexpected end of input in duration expression");
            case ']':
                _bracketOpen = false;
                _colonSeen = false;
                return Emit(TokenKind.RightBracket);
            case ':':
                return ScanDurationColon();
            case '(':
                return OpenParen(Mode.DurationExpression);
            case ')':
                return CloseParen(Mode.DurationExpression);
            case '+':
                return Emit(TokenKind.Add, Mode.DurationExpression);
            case '-':
                return Emit(TokenKind.Sub, Mode.DurationExpression);
            case '*':
                return Emit(TokenKind.Mul, Mode.DurationExpression);
            case '/':
                return Emit(TokenKind.Div, Mode.DurationExpression);
            case '%':
                return Emit(TokenKind.Mod, Mode.DurationExpression);
            case '^':
                return Emit(TokenKind.Pow, Mode.DurationExpression);
            case ',':
                return Emit(TokenKind.Comma, Mode.DurationExpression);
            case int when IsSpace(rune):
                return SkipSpaces(Mode.DurationExpression);
            case int when IsDigit(rune) || (rune == '.' && IsDigit(Peek())):
                _durationSeen = true;
                return ScanNumberOrDuration();
            case int when StartsDurationKeyword(rune) && TryScanDurationKeyword(out TokenKind keyword):
                return Emit(keyword, Mode.DurationExpression);
            default:
                return Fail($"unexpected character in duration expression: {GoText.QuoteRune(rune)}");
        }
    }

    private Mode ScanDurationColon()
    {
        Emit(TokenKind.Colon);
        if (!_durationSeen)
        {
            return Fail("unexpected colon before duration in duration expression");
        }

        if (_colonSeen)
        {
            return Fail("unexpected repeated colon in duration expression");
        }

        _colonSeen = true;
        return Mode.DurationExpression;
    }

    // After a number in brackets the ordinary statements go on; of words only those of durations are left.
    private Mode ScanWordInBrackets(int rune)
    {
        if (rune == ':')
        {
            if (_colonSeen)
            {
                return Fail("unexpected colon ':'");
            }

            _colonSeen = true;
            return Emit(TokenKind.Colon);
        }

        return StartsDurationKeyword(rune) && TryScanDurationKeyword(out TokenKind keyword)
            ? Emit(keyword)
            : Fail($"unexpected character: {GoText.QuoteRune(rune)}, expected ':'");
    }

    private static bool StartsDurationKeyword(int rune) => rune is 's' or 'S' or 'r' or 'R' or 'm' or 'M';

    private bool TryScanDurationKeyword(out TokenKind keyword)
    {
        ReadWhile(IsLetter);
        return Keywords.TryFindDuration(_text.Span[_start.._position], out keyword);
    }

    // The first character is read already.
    private Mode ScanNumberOrDuration()
    {
        _position = _start;
        if (TryScanNumber())
        {
            return Emit(TokenKind.Number);
        }

        if (TryScanRestOfDuration())
        {
            return Emit(TokenKind.Duration);
        }

        return Fail($"bad number or duration syntax: {GoText.Quote(_text.Span[_start.._position])}");
    }

    private Mode ScanNumber() => TryScanNumber()
        ? Emit(TokenKind.Number)
        : Fail($"bad number syntax: {GoText.Quote(_text.Span[_start.._position])}");

    // A unit, then numbers and units. Wrong units such as "hs" are caught when the duration is converted.
    private bool TryScanRestOfDuration()
    {
        if (!AcceptAny("smhdwy"))
        {
            return false;
        }

        Accept('s');
        while (AcceptAny(Digits))
        {
            AcceptRun(Digits);
            if (!AcceptAny("smhdw"))
            {
                return false;
            }

            Accept('s');
        }

        int next = Read();
        if (IsLetter(next) || IsDigit(next))
        {
            return false;
        }

        Unread();
        return true;
    }

    // Accepts what may be a number; the conversion judges the rest. On failure the offending character is consumed, for the message.
    private bool TryScanNumber()
    {
        int begin = _position;
        string digits = Digits;
        if (!_seriesDescription && Accept('0') && AcceptAny("xX"))
        {
            Accept('_');
            digits = HexDigits;
        }

        Accept('.');
        AcceptAny(digits);
        bool dotSeen = false;
        bool exponentSeen = false;
        while (PeekIsAny(digits) || PeekIsAny("._eE"))
        {
            if (PeekIsAny("."))
            {
                Accept('.');
                if (dotSeen || AcceptAny("_.") || digits.Length > Digits.Length)
                {
                    return false;
                }

                dotSeen = true;
            }
            else if (PeekIsAny("eE"))
            {
                AcceptAny("eE");
                if (exponentSeen)
                {
                    return false;
                }

                exponentSeen = true;
                AcceptAny("+-");
                if (AcceptAny("._eE") || Peek() == EndOfText)
                {
                    return false;
                }
            }
            else if (Accept('_'))
            {
                if (AcceptAny("._eE") || Peek() == EndOfText)
                {
                    return false;
                }
            }
            else
            {
                AcceptRun(digits);
            }
        }

        int next = Peek();
        return _position > begin && ((_seriesDescription && next == 'x') || !(IsLetter(next) || IsDigit(next)));
    }

    private bool PeekIsAny(string characters) => Peek() is int rune and >= 0 and < 128 && characters.Contains((char)rune, StringComparison.Ordinal);

    private bool AcceptAny(string characters)
    {
        int rune = Read();
        if (rune is >= 0 and < 128 && characters.Contains((char)rune, StringComparison.Ordinal))
        {
            return true;
        }

        Unread();
        return false;
    }

    private void AcceptRun(string characters)
    {
        while (AcceptAny(characters))
        {
        }
    }
}
