namespace Pharos.Scrape.Exposition;

/// <summary>How a body is written.</summary>
public enum ExpositionFormat
{
    /// <summary>Not known: the scrape fails.</summary>
    None,

    /// <summary>The text format, 0.0.4 or 1.0.0.</summary>
    Text,

    /// <summary>OpenMetrics text, 0.0.1 or 1.0.0.</summary>
    OpenMetrics,

    /// <summary>Delimited protobuf messages. Not read yet.</summary>
    Protobuf,
}
