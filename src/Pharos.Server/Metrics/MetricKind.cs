namespace Pharos.Server.Metrics;

/// <summary>The kinds that Pharos exposes of itself.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
    Summary,
}
