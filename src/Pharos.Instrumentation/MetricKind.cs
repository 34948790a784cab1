namespace Pharos.Instrumentation;

/// <summary>What the numbers of a family mean.</summary>
public enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter = 0,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Observations counted by size.</summary>
    Histogram,
}
