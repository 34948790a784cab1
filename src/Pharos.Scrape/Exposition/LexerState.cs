namespace Pharos.Scrape.Exposition;

/// <summary>Where in a line the next token stands. Both formats use the same words, as upstream's lexers do.</summary>
internal enum LexerState : byte
{
    Line,
    MetadataName,
    MetadataText,
    Labels,
    LabelValue,
    Value,
    Timestamp,
    Exemplar,
    ExemplarValue,
    ExemplarTimestamp,
}
