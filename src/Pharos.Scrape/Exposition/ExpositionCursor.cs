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
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private static readonly SearchValues<byte> MetricNameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:"u8);

    private static readonly SearchValues<byte> QuoteEnds = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> QuoteEndsOrNul = SearchValues.Create("\"\\\0"u8);
    private static readonly SearchValues<byte> LineQuoteEnds = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> LineQuoteEndsOrNul = SearchValues.Create("\"\\\n\0"u8);

    public readonly ReadOnlySpan<byte> Text = text;
    public int Position;
    public int TokenStart;
    public int EntryStart;
    public LexerState State;

    /// <summary>The current token.</summary>
    public readonly ReadOnlySpan<byte> Token => Text[TokenStart..Position];

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
        SkipWhile(NameBytes);
        return ExpositionToken.LabelName;
    }

    /// <summary>Takes a metric name; the first byte was checked.</summary>
    public ExpositionToken MetricName(LexerState next)
    {
        SkipWhile(MetricNameBytes);
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
}
