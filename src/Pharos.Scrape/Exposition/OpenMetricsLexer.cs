using System.Buffers;

namespace Pharos.Scrape.Exposition;

/// <summary>Tokens of OpenMetrics 1.0, by upstream's rules: one blank where a blank may stand, values and timestamps with that blank in front.</summary>
internal ref struct OpenMetricsLexer(ReadOnlySpan<byte> text) : IExpositionLexer
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \n\0"u8);

    public ExpositionCursor Cursor = new(text);

    public ExpositionToken Next()
    {
        if (Cursor.Position >= Cursor.Text.Length)
        {
            return ExpositionToken.Eof;
        }

        Cursor.TokenStart = Cursor.Position;
        byte first = Cursor.Text[Cursor.Position];
        switch (Cursor.State)
        {
            case LexerState.Line:
                return LineToken(first);
            case LexerState.MetadataName:
                return Cursor.MetadataNameToken(first);
            case LexerState.MetadataText:
                return MetadataTextToken(first);
            case LexerState.Labels:
                return Cursor.LabelsToken(first);
            case LexerState.LabelValue:
                return first == '"' ? Cursor.Quoted(ExpositionToken.LabelValue, LexerState.Labels, oneLine: true, nuls: true) : ExpositionToken.Invalid;
            case LexerState.Value:
                return first == '{' ? Cursor.Single(ExpositionToken.BraceOpen, LexerState.Labels) : Word(ExpositionToken.Value, LexerState.Timestamp);
            case LexerState.Timestamp:
                return TimestampToken(first);
            case LexerState.Exemplar:
                return ExemplarToken(first);
            case LexerState.ExemplarValue:
                return first == '"'
                    ? Cursor.Quoted(ExpositionToken.LabelValue, LexerState.Exemplar, oneLine: true, nuls: false)
                    : Word(ExpositionToken.Value, LexerState.ExemplarTimestamp);
            default:
                return first == '\n'
                    ? Cursor.Single(ExpositionToken.LineBreak, LexerState.Line)
                    : Word(ExpositionToken.Timestamp, LexerState.ExemplarTimestamp);
        }
    }

    private ExpositionToken LineToken(byte first)
    {
        if (first == '#')
        {
            return Cursor.Word("# "u8) ? CommentToken() : ExpositionToken.Invalid;
        }

        if (first == '{')
        {
            return Cursor.Single(ExpositionToken.BraceOpen, LexerState.Labels);
        }

        return ExpositionCursor.IsMetricNameStart(first) ? Cursor.MetricName(LexerState.Value) : ExpositionToken.Invalid;
    }

    private ExpositionToken CommentToken()
    {
        switch (Cursor.Current)
        {
            case (byte)'H':
                return MetadataWord("HELP "u8, ExpositionToken.Help);
            case (byte)'T':
                return MetadataWord("TYPE "u8, ExpositionToken.Type);
            case (byte)'U':
                return MetadataWord("UNIT "u8, ExpositionToken.Unit);
            default:
                if (!Cursor.Word("EOF"u8))
                {
                    return ExpositionToken.Invalid;
                }

                Cursor.Word("\n"u8);
                Cursor.State = LexerState.Line;
                return ExpositionToken.EofWord;
        }
    }

    private ExpositionToken MetadataWord(ReadOnlySpan<byte> word, ExpositionToken token)
    {
        if (!Cursor.Word(word))
        {
            return ExpositionToken.Invalid;
        }

        Cursor.State = LexerState.MetadataName;
        return token;
    }

    // The rest of the line with its line feed, which must be there.
    private ExpositionToken MetadataTextToken(byte first)
    {
        int lineEnd = Cursor.Text[Cursor.Position..].IndexOf((byte)'\n');
        if (first != ' ' || lineEnd < 0)
        {
            return ExpositionToken.Invalid;
        }

        Cursor.Position += lineEnd + 1;
        Cursor.State = LexerState.Line;
        return ExpositionToken.Text;
    }

    private ExpositionToken ExemplarToken(byte first)
    {
        switch (first)
        {
            case (byte)'}':
                return Cursor.Single(ExpositionToken.BraceClose, LexerState.ExemplarValue);
            case (byte)'=':
                return Cursor.Single(ExpositionToken.Equal, LexerState.ExemplarValue);
            case (byte)',':
                return Cursor.Single(ExpositionToken.Comma, LexerState.Exemplar);
            case (byte)'"':
                return Cursor.Quoted(ExpositionToken.QuotedString, LexerState.Exemplar, oneLine: true, nuls: false);
            default:
                return ExpositionCursor.IsNameStart(first) ? Cursor.LabelName() : ExpositionToken.Invalid;
        }
    }

    private ExpositionToken TimestampToken(byte first)
    {
        if (first == '\n')
        {
            return Cursor.Single(ExpositionToken.LineBreak, LexerState.Line);
        }

        // " #" alone would be a timestamp; with a blank behind it only an exemplar may follow.
        ReadOnlySpan<byte> rest = Cursor.Text[Cursor.Position..];
        if (!rest.StartsWith(" # "u8))
        {
            return Word(ExpositionToken.Timestamp, LexerState.Timestamp);
        }

        if (!Cursor.Word(" # {"u8))
        {
            return ExpositionToken.Invalid;
        }

        Cursor.State = LexerState.Exemplar;
        return ExpositionToken.Comment;
    }

    // A blank and at least one byte that is neither blank nor line feed.
    private ExpositionToken Word(ExpositionToken token, LexerState next)
    {
        if (!Cursor.Word(" "u8) || Cursor.Current is (byte)' ' or (byte)'\n' or 0)
        {
            return ExpositionToken.Invalid;
        }

        Cursor.SkipUntil(WordEnds);
        Cursor.State = next;
        return token;
    }
}
