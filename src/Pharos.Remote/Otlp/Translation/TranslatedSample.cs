using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>A sample on its way into the store.</summary>
/// <param name="Labels">The label bytes of its series, in <see cref="TranslatedBatch.LabelBytes"/>.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Value">The value.</param>
/// <param name="Exemplars">In <see cref="TranslatedBatch.Exemplars"/>.</param>
internal readonly record struct TranslatedSample(Slice Labels, long Timestamp, double Value, Slice Exemplars);
