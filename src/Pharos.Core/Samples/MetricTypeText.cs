namespace Pharos.Core.Samples;

/// <summary>The names of <see cref="MetricType"/> in APIs and in the label <c>__type__</c>.</summary>
public static class MetricTypeText
{
    /// <summary>Upstream's name, as <c>gaugehistogram</c>.</summary>
    public static string ToText(this MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        MetricType.Histogram => "histogram",
        MetricType.GaugeHistogram => "gaugehistogram",
        MetricType.Summary => "summary",
        MetricType.Info => "info",
        MetricType.StateSet => "stateset",
        _ => "unknown",
    };
}
