using System.Buffers;
using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation;

/// <summary>All metrics of an application. Thread-safe. Metrics are made once, at start, and live as long as the registry.</summary>
public sealed class MetricRegistry
{
    private const int DefaultMaxMetrics = 2000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly int _maxMetrics;
    private volatile IMetricCollector[] _collectors = [];

    /// <summary>An empty registry.</summary>
    public MetricRegistry()
        : this(DefaultMaxMetrics)
    {
    }

    /// <param name="maxMetricsPerFamily">So many combinations of label values a family keeps apart; what is more goes into one.</param>
    public MetricRegistry(int maxMetricsPerFamily)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMetricsPerFamily, 1);
        _maxMetrics = maxMetricsPerFamily;
    }

    /// <summary>A counter without labels.</summary>
    /// <exception cref="ArgumentException">The name is no name, is taken, or does not end with <c>_total</c>.</exception>
    public Counter Counter(string name, string help) => CounterFamily(name, help, []).With();

    /// <summary>Counters with labels.</summary>
    /// <exception cref="ArgumentException">A name is no name or is taken, or that of the counters does not end with <c>_total</c>.</exception>
    public MetricFamily<Counter> CounterFamily(string name, string help, IReadOnlyList<string> labelNames) =>
        Keep(new MetricFamily<Counter>(
            Define(name, MetricKind.Counter, help, labelNames),
            static () => new Counter(),
            (writer, labels, counter) => writer.Sample(name, labels, counter.Value)));

    /// <summary>A gauge without labels.</summary>
    /// <exception cref="ArgumentException">The name is no name or is taken.</exception>
    public Gauge Gauge(string name, string help) => GaugeFamily(name, help, []).With();

    /// <summary>Gauges with labels.</summary>
    /// <exception cref="ArgumentException">A name is no name or is taken.</exception>
    public MetricFamily<Gauge> GaugeFamily(string name, string help, IReadOnlyList<string> labelNames) =>
        Keep(new MetricFamily<Gauge>(
            Define(name, MetricKind.Gauge, help, labelNames),
            static () => new Gauge(),
            (writer, labels, gauge) => writer.Sample(name, labels, gauge.Value)));

    /// <summary>A histogram without labels.</summary>
    /// <exception cref="ArgumentException">The name is no name or is taken, or the bounds do not ascend.</exception>
    public Histogram Histogram(string name, string help, IReadOnlyList<double> bounds) => HistogramFamily(name, help, bounds, []).With();

    /// <summary>Histograms with labels.</summary>
    /// <exception cref="ArgumentException">A name is no name or is taken, or the bounds do not ascend.</exception>
    public MetricFamily<Histogram> HistogramFamily(string name, string help, IReadOnlyList<double> bounds, IReadOnlyList<string> labelNames)
    {
        double[] own = HistogramBuckets.Check(bounds);
        var names = new HistogramNames(name, own);
        return Keep(new MetricFamily<Histogram>(Define(name, MetricKind.Histogram, help, labelNames), () => new Histogram(own), names.Write));
    }

    /// <summary>Adds metrics that are asked for at each scrape.</summary>
    public void Add(IMetricCollector collector)
    {
        ArgumentNullException.ThrowIfNull(collector);
        lock (_lock)
        {
            _collectors = [.. _collectors, collector];
        }
    }

    /// <summary>Writes everything, families in the order in which they came.</summary>
    public void Write(IBufferWriter<byte> output, ExpositionFormat format)
    {
        var writer = new ExpositionWriter(output, format);
        foreach (IMetricCollector collector in _collectors)
        {
            collector.Collect(writer);
        }

        writer.End();
    }

    private MetricDefinition Define(string name, MetricKind kind, string help, IReadOnlyList<string> labelNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(help);
        return new MetricDefinition(name, kind, help, labelNames, _maxMetrics);
    }

    private MetricFamily<TMetric> Keep<TMetric>(MetricFamily<TMetric> family)
        where TMetric : class
    {
        lock (_lock)
        {
            if (!_names.Add(family.Name))
            {
                throw new ArgumentException($"there is a metric {family.Name} already", nameof(family));
            }

            _collectors = [.. _collectors, family];
        }

        return family;
    }
}
