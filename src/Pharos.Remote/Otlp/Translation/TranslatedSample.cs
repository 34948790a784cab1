using Pharos.Core.Histograms;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>A sample on its way into the store.</summary>
/// <param name="Labels">The label bytes of its series, in <see cref="TranslatedBatch.LabelBytes"/>.</param>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Value">The value of a number.</param>
/// <param name="Histogram">None for a number.</param>
/// <param name="Family">What is said about it, in <see cref="TranslatedBatch.Families"/>.</param>
/// <param name="Exemplars">In <see cref="TranslatedBatch.Exemplars"/>.</param>
internal readonly record struct TranslatedSample(Slice Labels, long Timestamp, double Value, NativeHistogram Histogram, int Family, Slice Exemplars);
