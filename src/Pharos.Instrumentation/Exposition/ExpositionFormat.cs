namespace Pharos.Instrumentation.Exposition;

/// <summary>How metrics are written.</summary>
public enum ExpositionFormat
{
    /// <summary>Prometheus' text format, version 0.0.4.</summary>
    Text = 0,

    /// <summary>OpenMetrics, version 1.0.0.</summary>
    OpenMetrics,
}
