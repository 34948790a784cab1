namespace Pharos.Scrape.Exposition;

/// <summary>What a reader stands on.</summary>
internal enum ExpositionEntry : byte
{
    /// <summary>The end; nothing can be read any more.</summary>
    End,

    /// <summary>A sample: series, value, and a timestamp where it has one.</summary>
    Series,

    /// <summary>A TYPE line.</summary>
    Type,

    /// <summary>A HELP line.</summary>
    Help,

    /// <summary>A UNIT line.</summary>
    Unit,

    /// <summary>Another line that begins with <c>#</c>.</summary>
    Comment,
}
