using Pharos.PromQL.Syntax.Text;

namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>The values behind a label set in a series description: <c>1 2+3x4 _ stale {{schema:1 buckets:[1 2]}}x3</c>.</summary>
internal sealed partial class Lexer
{
    private readonly bool _seriesDescription;
    private HistogramState _histogram;

    private enum HistogramState
    {
        None,
        Open,
        BeforeTimes,
        BeforeAdd,
        BeforeSub,
    }

    private Mode ScanValues()
    {
        if (_histogram != HistogramState.None)
        {
            return ScanHistogram();
        }

        int rune = Read();
        switch (rune)
        {
            case EndOfText:
                return Mode.Statement;
            case '{' when Peek() == '{':
                Read();
                _histogram = HistogramState.Open;
                return Emit(TokenKind.OpenHistogram, Mode.Histogram);
            case '+':
                return Emit(TokenKind.Add, Mode.Values);
            case '-':
                return Emit(TokenKind.Sub, Mode.Values);
            case 'x':
                return Emit(TokenKind.Times, Mode.Values);
            case '_':
                return Emit(TokenKind.Blank, Mode.Values);
            case int when IsSpace(rune):
                return EmitSpace(Mode.Values);
            case int when IsDigit(rune) || (rune == '.' && IsDigit(Peek())):
                _position = _start;
                return ScanNumber() == Mode.Done ? Mode.Done : Mode.Values;
            case int when IsLetter(rune):
                return ScanWord();
            default:
                return Fail($"unexpected character in series sequence: {GoText.QuoteRune(rune)}");
        }
    }

    private Mode ScanHistogram()
    {
        switch (_histogram)
        {
            case HistogramState.BeforeTimes:
                return EmitHistogramOperator(TokenKind.Times);
            case HistogramState.BeforeAdd:
                return EmitHistogramOperator(TokenKind.Add);
            case HistogramState.BeforeSub:
                return EmitHistogramOperator(TokenKind.Sub);
        }

        if (_bracketOpen)
        {
            return ScanBuckets();
        }

        int rune = Read();
        switch (rune)
        {
            case ':':
                return Emit(TokenKind.Colon, Mode.Histogram);
            case '-':
                return Emit(TokenKind.Sub, Mode.Histogram);
            case '[':
                _bracketOpen = true;
                return Emit(TokenKind.LeftBracket, Mode.Buckets);
            case '}' when Peek() == '}':
                return CloseHistogram();
            case int when IsSpace(rune):
                return EmitSpace(Mode.Histogram);
            case int when IsDigit(rune):
                _position = _start;
                return ScanNumber();
            case int when IsLetter(rune):
                return ScanHistogramWord();
            default:
                return Fail($"histogram description incomplete unexpected: {GoText.QuoteRune(rune)}");
        }
    }

    private Mode EmitHistogramOperator(TokenKind kind)
    {
        _histogram = HistogramState.None;
        Read();
        return Emit(kind, Mode.Values);
    }

    private Mode CloseHistogram()
    {
        Read();
        Emit(TokenKind.CloseHistogram);
        _histogram = Peek() switch
        {
            'x' => HistogramState.BeforeTimes,
            '+' => HistogramState.BeforeAdd,
            '-' => HistogramState.BeforeSub,
            _ => HistogramState.None,
        };
        return _histogram == HistogramState.None ? Mode.Values : Mode.Histogram;
    }

    private Mode ScanHistogramWord()
    {
        ReadWhile(IsLetter);
        ReadOnlySpan<byte> word = _text.Span[_start.._position];
        if (Keywords.TryFindHistogramKey(word, out TokenKind key))
        {
            return Peek() == ':' ? Emit(key, Mode.Histogram) : Fail("missing `:` for histogram descriptor");
        }

        if (Keywords.IsNumber(word))
        {
            return Emit(TokenKind.Number, Mode.Histogram);
        }

        return Keywords.TryFindCounterResetHint(word, out TokenKind hint)
            ? Emit(hint, Mode.Histogram)
            : Fail($"bad histogram descriptor found: {GoText.Quote(word)}");
    }

    private Mode ScanBuckets()
    {
        int rune = Read();
        switch (rune)
        {
            case '-':
                return Emit(TokenKind.Sub, Mode.Buckets);
            case ']':
                _bracketOpen = false;
                return Emit(TokenKind.RightBracket, Mode.Histogram);
            case int when IsSpace(rune):
                return EmitSpace(Mode.Buckets);
            case int when IsDigit(rune):
                _position = _start;
                return ScanNumber();
            case int when IsLetter(rune):
                ReadWhile(IsLetter);
                ReadOnlySpan<byte> word = _text.Span[_start.._position];
                return Keywords.IsNumber(word) ? Emit(TokenKind.Number, Mode.Buckets) : Fail($"invalid character in buckets description: {GoText.QuoteRune(rune)}");
            default:
                return Fail($"invalid character in buckets description: {GoText.QuoteRune(rune)}");
        }
    }

    private Mode EmitSpace(Mode next)
    {
        Emit(TokenKind.Space);
        return SkipSpaces(next);
    }
}
