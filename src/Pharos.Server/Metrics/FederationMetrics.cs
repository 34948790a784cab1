namespace Pharos.Server.Metrics;

/// <summary>What went wrong with federation. Thread-safe.</summary>
internal sealed class FederationMetrics : IMetricSource
{
    private long _errors;

    public void CountError() => Interlocked.Increment(ref _errors);

    public void Write(MetricWriter writer)
    {
        writer.Counter("prometheus_web_federation_errors_total", "Errors that occurred while sending federation responses.", Interlocked.Read(ref _errors));

        // Only sources elsewhere warn, and they are not asked.
        writer.Counter("prometheus_web_federation_warnings_total", "Warnings that occurred while sending federation responses.", 0);
    }
}
