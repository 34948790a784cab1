using Pharos.Server.Lifecycle;

namespace Pharos.Server.Metrics;

/// <summary>Which build runs, whether it is ready, and how its configuration fares: under Prometheus' names, which alerts everywhere ask for.</summary>
internal sealed class ServerMetrics : IMetricSource
{
    private readonly Readiness _readiness;
    private readonly ReloadStatus _reload;

    public ServerMetrics(Readiness readiness, ReloadStatus reload)
    {
        _readiness = readiness;
        _reload = reload;
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("prometheus_build_info", "A metric with a constant '1' value: the Prometheus that this server follows.", 1,
            ("version", BuildInfo.ApiVersion), ("revision", BuildInfo.Revision), ("branch", ""), ("goversion", ""), ("goos", "linux"));
        writer.Gauge("pharos_build_info", "A metric with a constant '1' value: this build of Pharos.", 1,
            ("version", BuildInfo.Version), ("revision", BuildInfo.Revision), ("runtime", BuildInfo.Runtime), ("platform", BuildInfo.Platform));
        writer.Gauge("prometheus_ready", "Whether the start was fully completed and the server is ready.", _readiness.State == ReadyState.Ready ? 1 : 0);
        ReloadOutcome outcome = _reload.Current;
        writer.Gauge("prometheus_config_last_reload_successful", "Whether the last configuration reload attempt was successful.", outcome.Succeeded ? 1 : 0);
        writer.Gauge("prometheus_config_last_reload_success_timestamp_seconds", "Timestamp of the last successful configuration reload.",
            outcome.LastSuccess.ToUnixTimeMilliseconds() / 1000.0);
    }
}
