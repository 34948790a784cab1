namespace Pharos.Scrape.Exposition;

/// <summary>Cuts one format into tokens. Only for generic code over the structs: no call goes through the interface.</summary>
internal interface IExpositionLexer
{
    /// <summary>Moves to the next token.</summary>
    ExpositionToken Next();
}
