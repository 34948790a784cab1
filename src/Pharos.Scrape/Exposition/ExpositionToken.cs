namespace Pharos.Scrape.Exposition;

/// <summary>The tokens of both text formats. Their names in errors are upstream's.</summary>
internal enum ExpositionToken : byte
{
    Invalid,
    Eof,
    LineBreak,
    Help,
    Type,
    Unit,
    EofWord,
    Text,
    Comment,
    MetricName,
    QuotedString,
    BraceOpen,
    BraceClose,
    LabelName,
    LabelValue,
    Comma,
    Equal,
    Timestamp,
    Value,
}

/// <summary>How errors name tokens.</summary>
internal static class ExpositionTokenText
{
    public static string ToText(this ExpositionToken token) => token switch
    {
        ExpositionToken.Invalid => "INVALID",
        ExpositionToken.Eof => "EOF",
        ExpositionToken.LineBreak => "LINEBREAK",
        ExpositionToken.Help => "HELP",
        ExpositionToken.Type => "TYPE",
        ExpositionToken.Unit => "UNIT",
        ExpositionToken.EofWord => "EOFWORD",
        ExpositionToken.Text => "TEXT",
        ExpositionToken.Comment => "COMMENT",
        ExpositionToken.MetricName => "MNAME",
        ExpositionToken.QuotedString => "QSTRING",
        ExpositionToken.BraceOpen => "BOPEN",
        ExpositionToken.BraceClose => "BCLOSE",
        ExpositionToken.LabelName => "LNAME",
        ExpositionToken.LabelValue => "LVALUE",
        ExpositionToken.Comma => "COMMA",
        ExpositionToken.Equal => "EQUAL",
        ExpositionToken.Timestamp => "TIMESTAMP",
        _ => "VALUE",
    };
}
