namespace Pharos.Testing.Queries;

/// <summary>What the values of a metric are.</summary>
public enum MetricKind
{
    Counter,
    Gauge,

    /// <summary>The buckets of a classic histogram: they also have <c>le</c>.</summary>
    Buckets,

    /// <summary>Native histograms, also together with numbers.</summary>
    Histogram,

    /// <summary>Always 1; its labels tell something of an instance.</summary>
    Info,
}
