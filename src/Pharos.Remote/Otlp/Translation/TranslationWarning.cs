namespace Pharos.Remote.Otlp.Translation;

/// <summary>What was translated, but not as the sender may have meant it. Upstream's categories of <c>prometheus_api_otlp_translation_warnings_total</c>.</summary>
public enum TranslationWarning
{
    /// <summary>A metric without points was left out.</summary>
    EmptyDataPoints,

    /// <summary>Several attributes became one label.</summary>
    LabelNameCollision,

    /// <summary>A histogram without observations has a sum.</summary>
    HistogramZeroCountNonZeroSum,
}
