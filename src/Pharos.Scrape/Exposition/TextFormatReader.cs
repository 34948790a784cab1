using System.Text.Unicode;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// Reads the text format 0.0.4 (and 1.0.0: names in quotes) as Prometheus 3 does: what it accepts is accepted, errors have its wording.
/// The body must end with a line feed; whoever fills the buffer adds one.
/// </summary>
/// <param name="body">The exposition.</param>
/// <param name="tokensOnly">Reads every line token by token: the slow twin, for tests.</param>
internal ref struct TextFormatReader(ReadOnlySpan<byte> body, bool tokensOnly = false) : IExpositionReader
{
    private readonly bool _tokensOnly = tokensOnly;
    private TextFormatLexer _lexer = new(body);

    public ReadOnlySpan<byte> Series { get; private set; }

    public readonly int SeriesStart => _lexer.Cursor.EntryStart;

    public double Value { get; private set; }

    public bool HasTimestamp { get; private set; }

    public long Timestamp { get; private set; }

    public MetricType Type { get; set; }

    // The format knows neither units nor exemplars.
    public readonly ReadOnlySpan<byte> Unit
    {
        get => [];
        set => _ = value;
    }

    public readonly ReadOnlySpan<byte> ExemplarLabels => [];

    public readonly double ExemplarValue => 0;

    public readonly bool ExemplarHasTimestamp => false;

    public readonly long ExemplarTimestamp => 0;

    public ReadOnlySpan<byte> Family { get; private set; }

    public ReadOnlySpan<byte> Comment { get; private set; }

    public readonly int Position => _lexer.Cursor.Position;

    public ExpositionEntry Next()
    {
        while (true)
        {
            if (!_tokensOnly && _lexer.Cursor.TryPlainLine(out ReadOnlySpan<byte> series, out double value))
            {
                Series = series;
                Value = value;
                HasTimestamp = false;
                return ExpositionEntry.Series;
            }

            _lexer.Cursor.EntryStart = _lexer.Cursor.Position;
            ExpositionToken token = _lexer.Next();
            switch (token)
            {
                case ExpositionToken.Eof:
                    return ExpositionEntry.End;
                case ExpositionToken.LineBreak:
                    continue;
                case ExpositionToken.Help or ExpositionToken.Type:
                    return ReadMetadata(token);
                case ExpositionToken.Comment:
                    Comment = _lexer.Cursor.Token;
                    Expect(ExpositionToken.LineBreak, "linebreak expected after comment");
                    return ExpositionEntry.Comment;
                case ExpositionToken.BraceOpen:
                    ReadBracedSeries();
                    return ExpositionEntry.Series;
                case ExpositionToken.MetricName:
                    ReadSeries();
                    return ExpositionEntry.Series;
                default:
                    throw _lexer.Cursor.Unexpected("expected a valid start token", token);
            }
        }
    }

    public bool TryReadKnown(ReadOnlySpan<byte> linesBefore, ReadOnlySpan<byte> series)
    {
        ref ExpositionCursor cursor = ref _lexer.Cursor;
        int start = cursor.Position + linesBefore.Length;
        int end = start + series.Length;
        if (end + 1 >= cursor.Text.Length
            || !cursor.Text.Slice(start, series.Length).SequenceEqual(series)
            || (linesBefore.Length > 0 && !cursor.Text.Slice(cursor.Position, linesBefore.Length).SequenceEqual(linesBefore))
            || (series[^1] != '}' && !EndsName(cursor.Text[end..])))
        {
            return false;
        }

        Series = cursor.Text.Slice(start, series.Length);
        if (cursor.Text[end] == ' ' && ExpositionNumber.TryReadLine(cursor.Text[(end + 1)..], out double value, out int length))
        {
            Value = value;
            HasTimestamp = false;
            cursor.Position = end + 1 + length;
            return true;
        }

        cursor.EntryStart = start;
        cursor.Position = end;
        cursor.State = LexerState.Value;
        ReadSuffix(_lexer.Next());
        return true;
    }

    // A name alone is the whole series only when no brace follows behind blanks.
    private static bool EndsName(ReadOnlySpan<byte> rest)
    {
        int blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return blanks > 0 && rest[blanks] != '{';
    }

    private ExpositionEntry ReadMetadata(ExpositionToken kind)
    {
        ExpositionToken token = _lexer.Next();
        if (token != ExpositionToken.MetricName)
        {
            throw _lexer.Cursor.Unexpected($"expected metric name after {kind.ToText()}", token);
        }

        Family = _lexer.Cursor.Name;
        token = _lexer.Next();
        if (token != ExpositionToken.Text)
        {
            throw new ExpositionException($"expected text in {kind.ToText()}, got {token.ToText()}");
        }

        ReadOnlySpan<byte> text = _lexer.Cursor.Token;
        Comment = text.Length > 1 ? text[1..] : [];
        if (kind == ExpositionToken.Type)
        {
            Type = ParseType(Comment);
        }
        else if (!Utf8.IsValid(Comment))
        {
            throw new ExpositionException($"help text {GoQuote.Quote(Comment)} is not a valid utf8 string");
        }

        Expect(ExpositionToken.LineBreak, "linebreak expected after metadata");
        return kind == ExpositionToken.Type ? ExpositionEntry.Type : ExpositionEntry.Help;
    }

    private static MetricType ParseType(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("counter"u8))
        {
            return MetricType.Counter;
        }

        if (text.SequenceEqual("gauge"u8))
        {
            return MetricType.Gauge;
        }

        if (text.SequenceEqual("histogram"u8))
        {
            return MetricType.Histogram;
        }

        if (text.SequenceEqual("summary"u8))
        {
            return MetricType.Summary;
        }

        return text.SequenceEqual("untyped"u8)
            ? MetricType.Unknown
            : throw new ExpositionException($"invalid metric type {GoQuote.Quote(text)}");
    }

    private void ReadBracedSeries()
    {
        bool named = ReadLabels(named: false);
        Series = _lexer.Cursor.Entry;
        ExpositionToken token = _lexer.Next();
        if (!named)
        {
            throw _lexer.Cursor.WhileParsing("metric name not set");
        }

        ReadSuffix(token);
    }

    private void ReadSeries()
    {
        Series = _lexer.Cursor.Entry;
        ExpositionToken token = _lexer.Next();
        if (token == ExpositionToken.BraceOpen)
        {
            ReadLabels(named: true);
            Series = _lexer.Cursor.Entry;
            token = _lexer.Next();
        }

        ReadSuffix(token);
    }

    // Between labels blanks do as well as a comma, as upstream has it.
    private bool ReadLabels(bool named) => LabelTokens.Read(ref _lexer, ref _lexer.Cursor, named, commas: false, names: true);

    private void ReadSuffix(ExpositionToken token)
    {
        ref ExpositionCursor cursor = ref _lexer.Cursor;
        if (token != ExpositionToken.Value)
        {
            throw cursor.Unexpected("expected value after metric", token);
        }

        if (!ExpositionNumber.TryParse(cursor.Token, out double value, out string? error))
        {
            throw cursor.WhileParsing(error);
        }

        Value = value;
        HasTimestamp = false;
        token = _lexer.Next();
        if (token == ExpositionToken.Timestamp)
        {
            if (!ExpositionNumber.TryParseMilliseconds(cursor.Token, out long timestamp, out error))
            {
                throw cursor.WhileParsing(error);
            }

            HasTimestamp = true;
            Timestamp = timestamp;
            Expect(ExpositionToken.LineBreak, "expected next entry after timestamp");
        }
        else if (token != ExpositionToken.LineBreak)
        {
            throw cursor.Unexpected("expected timestamp or new record", token);
        }
    }

    private void Expect(ExpositionToken expected, string problem)
    {
        ExpositionToken token = _lexer.Next();
        if (token != expected)
        {
            throw _lexer.Cursor.Unexpected(problem, token);
        }
    }
}
