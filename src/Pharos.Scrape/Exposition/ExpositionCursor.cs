using System.Buffers;
using Pharos.Core.Labels;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// A place in an exposition and the scans both lexers share.
/// Invariant: <c>0 ≤ EntryStart ≤ TokenStart ≤ Position ≤ Text.Length</c>; the current token is <c>Text[TokenStart..Position]</c>, and after an
/// invalid token <see cref="Position"/> is the byte that could not be read, as in upstream's lexers, so that errors show the same bytes.
/// </summary>
internal ref struct ExpositionCursor(ReadOnlySpan<byte> text)
{
    // Label values are short: up to here a plain loop is faster than a vectorised search.
    private const int ShortBytes = 24;

    private static readonly SearchValues<byte> QuoteEnds = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> QuoteEndsOrNul = SearchValues.Create("\"\\\0"u8);
    private static readonly SearchValues<byte> LineQuoteEnds = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> LineQuoteEndsOrNul = SearchValues.Create("\"\\\n\0"u8);

    public readonly ReadOnlySpan<byte> Text = text;
    public int Position;
    public int TokenStart;
    public int EntryStart;
    public LexerState State;

    /// <summary>Whether the last quoted text may hold anything but ASCII.</summary>
    public bool MayBeNonAscii;

    /// <summary>The current token.</summary>
    public readonly ReadOnlySpan<byte> Token => Text[TokenStart..Position];

    /// <summary>The current token without the quotes that a name may stand in.</summary>
    public readonly ReadOnlySpan<byte> Name => Text[TokenStart] == '"' ? Text[(TokenStart + 1)..(Position - 1)] : Token;

    /// <summary>The current entry up to the end of the current token.</summary>
    public readonly ReadOnlySpan<byte> Entry => Text[EntryStart..Position];

    /// <summary>The byte at the position, 0 at the end.</summary>
    public readonly byte Current => Position < Text.Length ? Text[Position] : (byte)0;

    public static bool IsNameStart(byte b) => char.IsAsciiLetter((char)b) || b == '_';

    public static bool IsMetricNameStart(byte b) => IsNameStart(b) || b == ':';

    /// <summary>Takes one byte as the token.</summary>
    public ExpositionToken Single(ExpositionToken token, LexerState next)
    {
        Position++;
        State = next;
        return token;
    }

    /// <summary>Takes a label name; the first byte was checked.</summary>
    public ExpositionToken LabelName()
    {
        SkipName(colons: false);
        return ExpositionToken.LabelName;
    }

    /// <summary>Takes a metric name; the first byte was checked.</summary>
    public ExpositionToken MetricName(LexerState next)
    {
        SkipName(colons: true);
        State = next;
        return ExpositionToken.MetricName;
    }

    /// <summary>Takes a quoted text from its opening quote; a backslash keeps any byte but a line feed from ending it.</summary>
    /// <param name="token">What it is when it ends well.</param>
    /// <param name="next">The state behind it.</param>
    /// <param name="oneLine">Whether a line feed is refused inside.</param>
    /// <param name="nuls">Whether NUL bytes are taken as text; upstream's lexers take them in label values only.</param>
    public ExpositionToken Quoted(ExpositionToken token, LexerState next, bool oneLine, bool nuls)
    {
        if (TryShortQuoted())
        {
            State = next;
            return token;
        }

        MayBeNonAscii = true;
        SearchValues<byte> ends = (oneLine, nuls) switch
        {
            (false, true) => QuoteEnds,
            (false, false) => QuoteEndsOrNul,
            (true, true) => LineQuoteEnds,
            _ => LineQuoteEndsOrNul,
        };
        Position++;
        while (true)
        {
            int length = Text[Position..].IndexOfAny(ends);
            if (length < 0)
            {
                Position = Text.Length;
                return ExpositionToken.Invalid;
            }

            Position += length;
            if (Text[Position] == '"')
            {
                return Single(token, next);
            }

            if (Text[Position] != '\\')
            {
                return ExpositionToken.Invalid;
            }

            Position++;
            while (nuls && Position < Text.Length && Text[Position] == 0)
            {
                Position++;
            }

            if (Current is 0 or (byte)'\n')
            {
                return ExpositionToken.Invalid;
            }

            Position++;
        }
    }

    /// <summary>Takes the name behind HELP, TYPE or UNIT.</summary>
    public ExpositionToken MetadataNameToken(byte first)
    {
        if (first == '"')
        {
            return Quoted(ExpositionToken.MetricName, LexerState.MetadataText, oneLine: false, nuls: false);
        }

        return IsMetricNameStart(first) ? MetricName(LexerState.MetadataText) : ExpositionToken.Invalid;
    }

    /// <summary>Takes what may stand between the braces of a series, where no value is due.</summary>
    public ExpositionToken LabelsToken(byte first)
    {
        switch (first)
        {
            case (byte)'}':
                return Single(ExpositionToken.BraceClose, LexerState.Value);
            case (byte)'=':
                return Single(ExpositionToken.Equal, LexerState.LabelValue);
            case (byte)',':
                return Single(ExpositionToken.Comma, LexerState.Labels);
            case (byte)'"':
                return Quoted(ExpositionToken.QuotedString, LexerState.Labels, oneLine: false, nuls: false);
            default:
                return IsNameStart(first) ? LabelName() : ExpositionToken.Invalid;
        }
    }

    /// <summary>
    /// Reads the usual sample line in one go: a plain name, labels as clients write them (ASCII, no escapes, no blanks), one blank, a number.
    /// Both formats read such a line alike. Otherwise moves nothing; what is then read token by token may be right as well.
    /// </summary>
    public bool TryPlainLine(out ReadOnlySpan<byte> series, out double value)
    {
        value = 0;
        series = [];
        if (State != LexerState.Line)
        {
            return false;
        }

        ReadOnlySpan<byte> line = Text[Position..];
        int end = PlainSeriesLength(line);
        if (end == 0 || !ExpositionNumber.TryReadLine(line[(end + 1)..], out value, out int length))
        {
            return false;
        }

        series = line[..end];
        EntryStart = Position;
        Position += end + 1 + length;
        return true;
    }

    public void SkipWhile(SearchValues<byte> bytes)
    {
        int length = Text[Position..].IndexOfAnyExcept(bytes);
        Position = length < 0 ? Text.Length : Position + length;
    }

    public void SkipUntil(SearchValues<byte> bytes)
    {
        int length = Text[Position..].IndexOfAny(bytes);
        Position = length < 0 ? Text.Length : Position + length;
    }

    /// <summary>Moves behind a word and says whether it stood there; otherwise moves to its first byte that differs.</summary>
    public bool Word(ReadOnlySpan<byte> word)
    {
        int common = Text[Position..].CommonPrefixLength(word);
        Position += common;
        return common == word.Length;
    }

    public readonly ExpositionException Unexpected(string expected, ExpositionToken got)
    {
        int end = Math.Min(Text.Length, Position + 1);
        return new ExpositionException(
            $"{expected}, got {GoQuote.Quote(Text[TokenStart..end])} (\"{got.ToText()}\") while parsing: {GoQuote.Quote(Text[EntryStart..end])}");
    }

    public readonly ExpositionException WhileParsing(string problem) => new($"{problem} while parsing: {GoQuote.Quote(Entry)}");

    // The usual text: short, without escapes, line feeds and NULs. Moves behind its closing quote.
    private bool TryShortQuoted()
    {
        ReadOnlySpan<byte> rest = Text[(Position + 1)..];
        int last = Math.Min(rest.Length, ShortBytes);
        int seen = 0;
        for (int i = 0; i < last; i++)
        {
            byte b = rest[i];
            if (b == '"')
            {
                MayBeNonAscii = seen >= 0x80;
                Position += i + 2;
                return true;
            }

            if (b is (byte)'\\' or (byte)'\n' or 0)
            {
                return false;
            }

            seen |= b;
        }

        return false;
    }

    private void SkipName(bool colons) => Position = SkipNameBytes(Text, Position + 1, colons);

    // Up to the blank behind the series; 0 when it is not plain.
    private static int PlainSeriesLength(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || !IsMetricNameStart(line[0]))
        {
            return 0;
        }

        int i = SkipNameBytes(line, 1, colons: true);
        if ((uint)i < (uint)line.Length && line[i] == '{')
        {
            do
            {
                i = SkipPlainLabel(line, i + 1);
            }
            while ((uint)i < (uint)line.Length && line[i] == ',');

            if ((uint)i >= (uint)line.Length || line[i] != '}')
            {
                return 0;
            }

            i++;
        }

        return (uint)i < (uint)line.Length && line[i] == ' ' ? i : 0;
    }

    // Behind name="value"; the length of the line when that does not stand here.
    private static int SkipPlainLabel(ReadOnlySpan<byte> line, int start)
    {
        int i = SkipNameBytes(line, start, colons: false);
        if (i == start || i + 1 >= line.Length || line[i] != '=' || line[i + 1] != '"' || char.IsAsciiDigit((char)line[start]))
        {
            return line.Length;
        }

        for (i += 2; i < line.Length; i++)
        {
            byte b = line[i];
            if (b == '"')
            {
                return i + 1;
            }

            if (b is < 0x20 or >= 0x80 or (byte)'\\')
            {
                break;
            }
        }

        return line.Length;
    }

    private static int SkipNameBytes(ReadOnlySpan<byte> text, int i, bool colons)
    {
        while ((uint)i < (uint)text.Length && (char.IsAsciiLetterOrDigit((char)text[i]) || text[i] == '_' || (colons && text[i] == ':')))
        {
            i++;
        }

        return i;
    }
}
