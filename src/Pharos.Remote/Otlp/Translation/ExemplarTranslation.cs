using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>Makes exemplars: the ids of trace and span become labels, and the attributes too where all together are not longer than exemplars may be.</summary>
internal sealed class ExemplarTranslation(OtlpMessage message, TranslatedBatch output, TranslationLog log)
{
    private const string TraceId = "trace_id";
    private const string SpanId = "span_id";

    private readonly LabelsBuilder _labels = new();

    /// <summary>Adds the exemplars of a point to the batch; false, and noted, where one has no value.</summary>
    public bool TryTranslate(in OtlpPoint point, out Slice translated)
    {
        int first = output.Exemplars.Count;
        foreach (OtlpExemplar exemplar in point.Exemplars.Of(message.Exemplars))
        {
            if (!exemplar.HasValue)
            {
                log.Refuse("unsupported exemplar value type: Empty");
                translated = default;
                return false;
            }

            long timestamp = OtlpTime.ToMillisecondsBefore((long)exemplar.Time);
            output.Exemplars.Add(new Exemplar(LabelsOf(exemplar), exemplar.Value, timestamp, timestamp != 0));
        }

        translated = Slice.Since(output.Exemplars, first);
        return true;
    }

    private Labels LabelsOf(in OtlpExemplar exemplar)
    {
        _labels.Reset();
        int length = Add(TraceId, exemplar.TraceId) + Add(SpanId, exemplar.SpanId);
        ReadOnlySpan<OtlpAttribute> attributes = exemplar.Attributes.Of(message.ExemplarAttributes);
        foreach (OtlpAttribute attribute in attributes)
        {
            length += attribute.Key.Length + attribute.Value.Length > 2 * Exemplar.MaxLabelLength
                ? Exemplar.MaxLabelLength + 1
                : Characters(attribute.Key) + Characters(attribute.Value);
            if (length > Exemplar.MaxLabelLength)
            {
                return _labels.ToLabels();
            }
        }

        foreach (OtlpAttribute attribute in attributes)
        {
            if (attribute.Key.Length > 0)
            {
                _labels.Set(attribute.Key, attribute.Value);
            }
        }

        return _labels.ToLabels();
    }

    private int Add(string name, string id)
    {
        _labels.Set(name, id);
        return id.Length == 0 ? 0 : name.Length + id.Length;
    }

    private static int Characters(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
