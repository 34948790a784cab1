using Pharos.Core.Labels;

namespace Pharos.Scrape.Exposition;

/// <summary>An example of what a sample counts, as OpenMetrics carries it.</summary>
/// <param name="Labels">Usually a trace id.</param>
/// <param name="Value">The observed value.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch; null when it does not say.</param>
public sealed record ExposedExemplar(Labels Labels, double Value, long? Timestamp);
