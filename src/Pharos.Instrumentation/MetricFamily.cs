using System.Collections.Concurrent;
using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation;

/// <summary>
/// Metrics of one name that differ in the values of their labels. Thread-safe; finding one that exists takes no lock and allocates nothing. Who
/// counts often keeps what <see cref="With"/> gave.
/// </summary>
/// <typeparam name="TMetric">A counter, a gauge or a histogram.</typeparam>
public sealed class MetricFamily<TMetric> : IMetricCollector
    where TMetric : class
{
    /// <summary>The values of every label of the one metric that takes what would be too many.</summary>
    public const string Overflow = "overflow";

    private readonly ConcurrentDictionary<string[], Entry> _metrics = new(LabelValues.Comparer);
    private readonly ConcurrentDictionary<string[], Entry>.AlternateLookup<ReadOnlySpan<string>> _lookup;
    private readonly Func<TMetric> _create;
    private readonly SampleWriter _write;
    private readonly MetricKind _kind;
    private readonly string _help;
    private readonly int _maxMetrics;
    private readonly Lock _adding = new();
    private int _order;

    internal MetricFamily(MetricDefinition definition, Func<TMetric> create, SampleWriter write)
    {
        MetricName.Check(definition.Name, definition.Kind);
        MetricName.CheckLabels(definition.LabelNames, definition.Kind);
        Name = definition.Name;
        LabelNames = [.. definition.LabelNames];
        _kind = definition.Kind;
        _help = definition.Help;
        _maxMetrics = definition.MaxMetrics;
        _create = create;
        _write = write;
        _lookup = _metrics.GetAlternateLookup<ReadOnlySpan<string>>();
    }

    /// <summary>Writes the samples of one metric.</summary>
    internal delegate void SampleWriter(ExpositionWriter writer, ReadOnlySpan<byte> labels, TMetric metric);

    /// <summary>The name that all have.</summary>
    public string Name { get; }

    /// <summary>The names of the labels, in the order in which <see cref="With"/> takes their values.</summary>
    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>
    /// The metric with these values; made, and exposed from then on, when it is asked for the first time. Values from outside must be few: behind the
    /// registry's bound everything lands in one metric whose values are all <see cref="Overflow"/>.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many values as labels.</exception>
    public TMetric With(params ReadOnlySpan<string> values)
    {
        if (_lookup.TryGetValue(values, out Entry? found))
        {
            return found.Metric;
        }

        if (values.Length != LabelNames.Count)
        {
            throw new ArgumentException($"{Name} has {LabelNames.Count} labels and got {values.Length} values", nameof(values));
        }

        return Add(values.ToArray());
    }

    /// <inheritdoc/>
    public void Collect(ExpositionWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Family(Name, _kind, _help);
        foreach (Entry entry in _metrics.Values.OrderBy(static e => e.Order))
        {
            _write(writer, entry.Labels, entry.Metric);
        }
    }

    private TMetric Add(string[] values)
    {
        lock (_adding)
        {
            if (_metrics.TryGetValue(values, out Entry? found))
            {
                return found.Metric;
            }

            if (_order >= _maxMetrics)
            {
                values = [.. LabelNames.Select(static _ => Overflow)];
            }

            return _metrics.GetOrAdd(values, v => new Entry(_order++, ExpositionWriter.EncodeLabels(LabelNames, v), _create())).Metric;
        }
    }

    private sealed record Entry(int Order, byte[] Labels, TMetric Metric);
}
