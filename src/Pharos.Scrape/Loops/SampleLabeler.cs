using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Core.Samples;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Loops;

/// <summary>
/// Makes the labels under which a target's series are stored: exposed labels, target labels, metric relabelling, limits.
/// Of one loop, not thread-safe.
/// </summary>
/// <param name="config">The job.</param>
/// <param name="targetLabels">Those of the target.</param>
/// <param name="metrics">Counts broken limits.</param>
/// <param name="typeAndUnit">Whether type and unit of the family are labels too.</param>
internal sealed class SampleLabeler(ScrapeConfig config, Labels targetLabels, ScrapeMetrics metrics, bool typeAndUnit = false)
{
    private const string ExportedPrefix = "exported_";

    private readonly LabelsBuilder _builder = new();
    private readonly StringInterner _strings = new();
    private readonly List<string> _emptyNames = [];
    private readonly List<Label> _conflicts = [];

    /// <summary>The labels of a series as exposed; null when relabelling drops it.</summary>
    /// <exception cref="ScrapeException">The result has no name, an invalid one, or breaks a limit.</exception>
    /// <exception cref="ExpositionException">A label occurs twice, or a name is no UTF-8.</exception>
    public Labels? Label(ReadOnlySpan<byte> series, MetricType type, ReadOnlySpan<byte> unit)
    {
        _emptyNames.Clear();
        SeriesLabels.Decode(series, type, _strings, _builder, _emptyNames);
        if (typeAndUnit)
        {
            AddTypeAndUnit(type, unit);
        }

        if (config.HonorLabels)
        {
            AddMissing();
        }
        else
        {
            AddAll();
        }

        if (!Relabeler.Process(_builder, config.MetricRelabelConfigs) || _builder.Count == 0)
        {
            return null;
        }

        Labels labels = _builder.ToLabels();
        CheckNames(labels);
        CheckLimits(labels);
        return labels;
    }

    /// <summary>The labels of a series that the scrape makes itself, as <c>up</c>: the target's labels always win.</summary>
    public Labels LabelReport(string name)
    {
        _builder.Reset().Set(Core.Labels.Label.MetricName, name);
        foreach (Label label in targetLabels.AsSpan())
        {
            _builder.Set(ExportedPrefix + label.Name, _builder[label.Name]);
            _builder.Set(label.Name, label.Value);
        }

        return _builder.ToLabels();
    }

    // What the family says replaces what the series says of itself; a type that is not known is no type.
    private void AddTypeAndUnit(MetricType type, ReadOnlySpan<byte> unit)
    {
        if (type != MetricType.Unknown)
        {
            _builder.Set(Core.Labels.Label.MetricType, type.ToText());
        }

        if (!unit.IsEmpty)
        {
            _builder.Set(Core.Labels.Label.MetricUnit, _strings.Get(unit));
        }
    }

    // An exposed empty label keeps the target's away as well: push gateways drop "instance" so.
    private void AddMissing()
    {
        foreach (Label label in targetLabels.AsSpan())
        {
            if (!_builder.Contains(label.Name) && !_emptyNames.Contains(label.Name))
            {
                _builder.Set(label.Name, label.Value);
            }
        }
    }

    private void AddAll()
    {
        _conflicts.Clear();
        foreach (Label label in targetLabels.AsSpan())
        {
            string exposed = _builder[label.Name];
            if (exposed.Length > 0)
            {
                _conflicts.Add(new Label(label.Name, exposed));
            }

            _builder.Set(label.Name, label.Value);
        }

        if (_conflicts.Count > 1)
        {
            // Shorter names first, those of one length in their order: List.Sort is not stable.
            Label[] ordered = [.. _conflicts.OrderBy(static c => Encoding.UTF8.GetByteCount(c.Name))];
            _conflicts.Clear();
            _conflicts.AddRange(ordered);
        }

        foreach (Label conflict in _conflicts)
        {
            string name = ExportedPrefix + conflict.Name;
            while (_builder.Contains(name))
            {
                name = ExportedPrefix + name;
            }

            _builder.Set(name, conflict.Value);
        }
    }

    private void CheckNames(Labels labels)
    {
        bool legacy = config.NameValidation == NameValidation.Legacy;
        if (!labels.Contains(Core.Labels.Label.MetricName))
        {
            throw new ScrapeException("missing metric name (__name__ label)");
        }

        foreach (Label label in labels.AsSpan())
        {
            bool valid = legacy ? LabelName.IsLegacy(label.Name) : LabelName.IsUtf8(label.Name);
            if (legacy && label.Name == Core.Labels.Label.MetricName)
            {
                valid = LabelName.IsLegacyMetric(label.Value);
            }

            if (!valid)
            {
                throw new ScrapeException($"invalid metric name or label names: {labels}");
            }
        }
    }

    private void CheckLimits(Labels labels)
    {
        if (config is { LabelLimit: 0, LabelNameLengthLimit: 0, LabelValueLengthLimit: 0 })
        {
            return;
        }

        if (config.LabelLimit > 0 && labels.Count > config.LabelLimit)
        {
            throw OverLimit($"label_limit exceeded (metric: {Short(labels.MetricName)}, number of labels: {labels.Count}, limit: {config.LabelLimit})");
        }

        foreach (Label label in labels.AsSpan())
        {
            int nameLength = Encoding.UTF8.GetByteCount(label.Name);
            if (config.LabelNameLengthLimit > 0 && nameLength > config.LabelNameLengthLimit)
            {
                throw OverLimit(
                    $"label_name_length_limit exceeded (metric: {Short(labels.MetricName)}, label name: {Short(label.Name)}, "
                    + $"length: {nameLength}, limit: {config.LabelNameLengthLimit})");
            }

            int valueLength = Encoding.UTF8.GetByteCount(label.Value);
            if (config.LabelValueLengthLimit > 0 && valueLength > config.LabelValueLengthLimit)
            {
                throw OverLimit(
                    $"label_value_length_limit exceeded (metric: {Short(labels.MetricName)}, label name: {Short(label.Name)}, "
                    + $"value: {GoQuote.Quote(Short(label.Value))}, length: {valueLength}, limit: {config.LabelValueLengthLimit})");
            }
        }
    }

    private ScrapeException OverLimit(string message)
    {
        metrics.ExceededLabelLimits.Increment();
        return new ScrapeException(message);
    }

    // Fifty characters at most, none of them cut in two.
    private static string Short(string text)
    {
        int length = 0;
        int runes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (runes++ == 50)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }
}
