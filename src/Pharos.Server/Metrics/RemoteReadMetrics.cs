using Pharos.Remote.Reading;

namespace Pharos.Server.Metrics;

/// <summary>What was asked by remote read.</summary>
internal sealed class RemoteReadMetrics : IMetricSource
{
    private readonly RemoteReadServer _server;

    public RemoteReadMetrics(RemoteReadServer server)
    {
        _server = server;
    }

    public void Write(MetricWriter writer) =>
        writer.Gauge("prometheus_remote_read_handler_queries", "Remote read queries that are served now.", _server.Queries);
}
