using System.Buffers;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// Tokens of the text format 0.0.4, by upstream's rules. Blanks and tabs between tokens are skipped; NUL bytes inside label values,
/// help texts and comments count as text.
/// </summary>
internal ref struct TextFormatLexer(ReadOnlySpan<byte> text) : IExpositionLexer
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);
    private static readonly SearchValues<byte> BlanksAndNul = SearchValues.Create(" \t\0"u8);
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create("{ \t\n\0"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> LineFeedOrNul = SearchValues.Create("\n\0"u8);

    public ExpositionCursor Cursor = new(text);

    public ExpositionToken Next()
    {
        while (true)
        {
            if (Cursor.Position >= Cursor.Text.Length)
            {
                return ExpositionToken.Eof;
            }

            Cursor.TokenStart = Cursor.Position;
            byte first = Cursor.Text[Cursor.Position];
            if (first is not ((byte)' ' or (byte)'\t'))
            {
                return Token(first);
            }

            if (Cursor.State != LexerState.MetadataText)
            {
                Cursor.SkipWhile(Blanks);
            }
            else if (MetadataText().IsEmpty)
            {
                Cursor.SkipWhile(BlanksAndNul);
            }
            else
            {
                return TakeMetadataText();
            }
        }
    }

    private ExpositionToken Token(byte first)
    {
        switch (Cursor.State)
        {
            case LexerState.Line:
                return LineToken(first);
            case LexerState.MetadataName:
                return Cursor.MetadataNameToken(first);
            case LexerState.MetadataText:
                return TakeMetadataText();
            case LexerState.Labels:
                return Cursor.LabelsToken(first);
            case LexerState.LabelValue:
                return first == '"'
                    ? Cursor.Quoted(ExpositionToken.LabelValue, LexerState.Labels, oneLine: false, nuls: true)
                    : ExpositionToken.Invalid;
            case LexerState.Value:
                return ValueToken(first);
            default:
                return TimestampToken(first);
        }
    }

    private ExpositionToken LineToken(byte first)
    {
        switch (first)
        {
            case 0:
                return Cursor.Single(ExpositionToken.Eof, LexerState.Line);
            case (byte)'\n':
                return Cursor.Single(ExpositionToken.LineBreak, LexerState.Line);
            case (byte)'#':
                return HashToken();
            case (byte)'{':
                return Cursor.Single(ExpositionToken.BraceOpen, LexerState.Labels);
            default:
                return ExpositionCursor.IsMetricNameStart(first) ? Cursor.MetricName(LexerState.Value) : ExpositionToken.Invalid;
        }
    }

    private ExpositionToken HashToken()
    {
        Cursor.Position++;
        if (Cursor.Current is not ((byte)' ' or (byte)'\t'))
        {
            return Comment(nuls: false);
        }

        Cursor.SkipWhile(Blanks);
        if (Cursor.Current == 0)
        {
            return ExpositionToken.Eof;
        }

        int start = Cursor.Position;
        if (Cursor.Word("HELP"u8) && Cursor.Current is (byte)' ' or (byte)'\t')
        {
            Cursor.SkipWhile(Blanks);
            Cursor.State = LexerState.MetadataName;
            return ExpositionToken.Help;
        }

        Cursor.Position = start;
        if (Cursor.Word("TYPE"u8) && Cursor.Current is (byte)' ' or (byte)'\t')
        {
            Cursor.SkipWhile(Blanks);
            Cursor.State = LexerState.MetadataName;
            return ExpositionToken.Type;
        }

        return Comment(nuls: true);
    }

    // Upstream ends the whole exposition, without an error, at a NUL in a comment that has no blank behind its '#'.
    private ExpositionToken Comment(bool nuls)
    {
        if (nuls)
        {
            Cursor.Position += Cursor.Text[Cursor.Position..].IndexOf((byte)'\n');
            return ExpositionToken.Comment;
        }

        Cursor.SkipUntil(LineFeedOrNul);
        return Cursor.Current == '\n' ? ExpositionToken.Comment : ExpositionToken.Eof;
    }

    // The rest of the line; nothing when it is blank or begins with a NUL.
    private readonly ReadOnlySpan<byte> MetadataText()
    {
        ReadOnlySpan<byte> rest = Cursor.Text[Cursor.Position..];
        rest = rest[..rest.IndexOf((byte)'\n')];
        return rest.IsEmpty || rest[0] == 0 || !rest.ContainsAnyExcept(BlanksAndNul) ? [] : rest;
    }

    private ExpositionToken TakeMetadataText()
    {
        Cursor.Position += MetadataText().Length;
        Cursor.State = LexerState.Line;
        return ExpositionToken.Text;
    }

    private ExpositionToken ValueToken(byte first)
    {
        switch (first)
        {
            case (byte)'{':
                return Cursor.Single(ExpositionToken.BraceOpen, LexerState.Labels);
            case (byte)'\n' or 0:
                return ExpositionToken.Invalid;
            default:
                Cursor.SkipUntil(ValueEnds);
                Cursor.State = LexerState.Timestamp;
                return ExpositionToken.Value;
        }
    }

    private ExpositionToken TimestampToken(byte first)
    {
        if (first == '\n')
        {
            return Cursor.Single(ExpositionToken.LineBreak, LexerState.Line);
        }

        if (!char.IsAsciiDigit((char)first))
        {
            return ExpositionToken.Invalid;
        }

        Cursor.SkipWhile(Digits);
        return ExpositionToken.Timestamp;
    }
}
