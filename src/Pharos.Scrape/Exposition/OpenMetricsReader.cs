using System.Text.Unicode;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// Reads OpenMetrics 1.0 text as Prometheus 3 does when it scrapes: line by line, without the rules that span a family.
/// The body is the whole text up to and with <c># EOF</c>.
/// </summary>
/// <param name="body">The exposition.</param>
/// <param name="skipCreated">Whether <c>_created</c> lines are start timestamps (see <see cref="ReadStartTimestamp"/>) and no series.</param>
/// <param name="tokensOnly">Reads every line token by token: the slow twin, for tests.</param>
internal ref struct OpenMetricsReader(ReadOnlySpan<byte> body, bool skipCreated = false, bool tokensOnly = false) : IExpositionReader
{
    private OpenMetricsLexer _lexer = new(body);
    private readonly bool _tokensOnly = tokensOnly;
    private bool _skipCreated = skipCreated;
    private ReadOnlySpan<byte> _created;
    private long _startTimestamp;

    public ReadOnlySpan<byte> Series { get; private set; }

    public readonly int SeriesStart => _lexer.Cursor.EntryStart;

    public double Value { get; private set; }

    public bool HasTimestamp { get; private set; }

    public long Timestamp { get; private set; }

    public MetricType Type { get; set; }

    public ReadOnlySpan<byte> Unit { get; set; }

    public ReadOnlySpan<byte> Family { get; private set; }

    public ReadOnlySpan<byte> Comment { get; private set; }

    public ReadOnlySpan<byte> ExemplarLabels { get; private set; }

    public double ExemplarValue { get; private set; }

    public bool ExemplarHasTimestamp { get; private set; }

    public long ExemplarTimestamp { get; private set; }

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
                ExemplarLabels = [];
                if (IsCounted())
                {
                    return ExpositionEntry.Series;
                }

                continue;
            }

            _lexer.Cursor.EntryStart = _lexer.Cursor.Position;
            ExpositionToken token = _lexer.Next();
            switch (token)
            {
                case ExpositionToken.EofWord:
                    return _lexer.Next() == ExpositionToken.Eof
                        ? ExpositionEntry.End
                        : throw new ExpositionException("unexpected data after # EOF");
                case ExpositionToken.Eof:
                    throw NoEof();
                case ExpositionToken.Help or ExpositionToken.Type or ExpositionToken.Unit:
                    return ReadMetadata(token);
                case ExpositionToken.BraceOpen:
                    ReadBracedSeries();
                    break;
                case ExpositionToken.MetricName:
                    ReadSeries();
                    break;
                default:
                    throw _lexer.Cursor.Unexpected("expected a valid start token", token);
            }

            if (IsCounted())
            {
                return ExpositionEntry.Series;
            }
        }
    }

    public bool TryReadKnown(ReadOnlySpan<byte> linesBefore, ReadOnlySpan<byte> series)
    {
        ref ExpositionCursor cursor = ref _lexer.Cursor;
        int start = cursor.Position + linesBefore.Length;
        int end = start + series.Length;
        if (cursor.State != LexerState.Line
            || end + 1 >= cursor.Text.Length
            || cursor.Text[end] != ' '
            || !cursor.Text.Slice(start, series.Length).SequenceEqual(series)
            || (linesBefore.Length > 0 && !cursor.Text.Slice(cursor.Position, linesBefore.Length).SequenceEqual(linesBefore)))
        {
            return false;
        }

        Series = cursor.Text.Slice(start, series.Length);
        ExemplarLabels = [];
        if (ExpositionNumber.TryReadLine(cursor.Text[(end + 1)..], out double value, out int length))
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

    /// <summary>
    /// The start timestamp of the current series, from a <c>_created</c> line of the same family and labels, the last one found or one further down before any metadata;
    /// 0 when there is none.
    /// </summary>
    public long ReadStartTimestamp()
    {
        if (!StartTimestamps.HasThem(Type))
        {
            _created = [];
            return 0;
        }

        if (_created.IsEmpty || !StartTimestamps.AreOfOneMetric(Type, Series, _created))
        {
            LookForCreated();
        }

        return _created.IsEmpty ? 0 : _startTimestamp;
    }

    private void LookForCreated()
    {
        _created = [];
        OpenMetricsReader ahead = this;
        ahead._skipCreated = false;
        try
        {
            while (ahead.Next() == ExpositionEntry.Series)
            {
                if (!StartTimestamps.IsCreated(Type, ExposedSeries.RawName(ahead.Series)))
                {
                    continue;
                }

                if (StartTimestamps.AreOfOneMetric(Type, Series, ahead.Series))
                {
                    _created = ahead.Series;
                    _startTimestamp = (long)(ahead.Value * 1000);
                }

                return;
            }
        }
        catch (ExpositionException)
        {
            // The body breaks further down: the walk that comes there says it.
        }
    }

    // Whether the series is one, and not another's start timestamp.
    private readonly bool IsCounted() => !_skipCreated || !StartTimestamps.IsCreated(Type, ExposedSeries.RawName(Series));

    private static ExpositionException NoEof() => new("data does not end with # EOF");

    private ExpositionEntry ReadMetadata(ExpositionToken kind)
    {
        ExpositionToken token = _lexer.Next();
        if (token != ExpositionToken.MetricName)
        {
            throw _lexer.Cursor.Unexpected($"expected metric name after {kind.ToText()}", token);
        }

        Family = _lexer.Cursor.Name;
        if (_lexer.Next() != ExpositionToken.Text)
        {
            throw new ExpositionException($"expected text in {kind.ToText()}");
        }

        ReadOnlySpan<byte> text = _lexer.Cursor.Token;
        Comment = text.Length > 1 ? text[1..^1] : [];
        switch (kind)
        {
            case ExpositionToken.Type:
                Type = ParseType(Comment);
                return ExpositionEntry.Type;
            case ExpositionToken.Unit:
                CheckUnit();
                Unit = Comment;
                return ExpositionEntry.Unit;
            default:
                return Utf8.IsValid(Comment)
                    ? ExpositionEntry.Help
                    : throw new ExpositionException($"help text {GoQuote.Quote(Comment)} is not a valid utf8 string");
        }
    }

    private readonly void CheckUnit()
    {
        ReadOnlySpan<byte> unit = Comment;
        if (unit.IsEmpty)
        {
            return;
        }

        if (!Family.EndsWith(unit) || Family.Length < unit.Length + 1 || Family[^(unit.Length + 1)] != '_')
        {
            throw new ExpositionException($"unit {GoQuote.Quote(unit)} not a suffix of metric {GoQuote.Quote(Family)}");
        }
    }

    private static MetricType ParseType(ReadOnlySpan<byte> text)
    {
        for (MetricType type = MetricType.Unknown; type <= MetricType.StateSet; type++)
        {
            if (System.Text.Ascii.Equals(text, type.ToText()))
            {
                return type;
            }
        }

        throw new ExpositionException($"invalid metric type {GoQuote.Quote(text)}");
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

    private bool ReadLabels(bool named) => LabelTokens.Read(ref _lexer, ref _lexer.Cursor, named, commas: true, names: true);

    // What is neither a timestamp, an exemplar nor the line's end is left where it stands: the next entry fails on it, as upstream's does.
    private void ReadSuffix(ExpositionToken token)
    {
        Value = ReadValue(token, "metric");
        HasTimestamp = false;
        ExemplarLabels = [];
        token = _lexer.Next();
        if (token == ExpositionToken.Timestamp)
        {
            HasTimestamp = true;
            Timestamp = ReadTimestamp("timestamp");
            token = _lexer.Next();
            if (token is not (ExpositionToken.LineBreak or ExpositionToken.Comment))
            {
                throw _lexer.Cursor.Unexpected("expected next entry after timestamp", token);
            }
        }

        if (token == ExpositionToken.Comment)
        {
            ReadExemplar();
        }
        else if (token == ExpositionToken.Eof)
        {
            throw NoEof();
        }
    }

    private void ReadExemplar()
    {
        int start = _lexer.Cursor.Position - 1;
        LabelTokens.Read(ref _lexer, ref _lexer.Cursor, named: false, commas: true, names: false);
        ExemplarLabels = _lexer.Cursor.Text[start.._lexer.Cursor.Position];
        ExemplarValue = ReadValue(_lexer.Next(), "exemplar labels");
        ExemplarHasTimestamp = false;
        ExpositionToken token = _lexer.Next();
        switch (token)
        {
            case ExpositionToken.Eof:
                throw NoEof();
            case ExpositionToken.LineBreak:
                return;
            case ExpositionToken.Timestamp:
                ExemplarHasTimestamp = true;
                ExemplarTimestamp = ReadTimestamp("exemplar timestamp");
                token = _lexer.Next();
                if (token != ExpositionToken.LineBreak)
                {
                    throw _lexer.Cursor.Unexpected("expected next entry after exemplar timestamp", token);
                }

                return;
            default:
                throw _lexer.Cursor.Unexpected("expected timestamp or comment", token);
        }
    }

    private readonly double ReadValue(ExpositionToken token, string after)
    {
        if (token != ExpositionToken.Value)
        {
            throw _lexer.Cursor.Unexpected($"expected value after {after}", token);
        }

        return ReadNumber();
    }

    private readonly double ReadNumber() => ExpositionNumber.TryParse(_lexer.Cursor.Token[1..], out double value, out string? error)
        ? value
        : throw _lexer.Cursor.WhileParsing(error);

    private readonly long ReadTimestamp(string what)
    {
        double seconds = ReadNumber();
        return double.IsFinite(seconds)
            ? (long)(seconds * 1000)
            : throw new ExpositionException($"invalid {what} {OpenMetricsFloat.ToText(seconds)}");
    }
}
