using Pharos.Alerting.Forwarding;

namespace Pharos.Server.Metrics;

/// <summary>What was sent to Alertmanagers outside, under upstream's names.</summary>
internal sealed class ForwardingMetrics : IMetricSource
{
    private readonly AlertForwarder _forwarder;

    public ForwardingMetrics(AlertForwarder forwarder)
    {
        _forwarder = forwarder;
    }

    public void Write(MetricWriter writer)
    {
        IReadOnlyList<(string Alertmanager, SendCounters Counters)> all = _forwarder.Counters;
        writer.Gauge("prometheus_notifications_alertmanagers_discovered", "The number of alertmanagers discovered and active.", _forwarder.Active.Count);
        writer.Gauge("prometheus_notifications_queue_capacity", "The capacity of the alert notifications queue.", _forwarder.QueueCapacity);
        writer.Gauge("prometheus_notifications_queue_length", "The number of alert notifications in the queue.", _forwarder.QueueLength);
        Write(writer, all, "prometheus_notifications_sent_total", "Total number of alerts sent.", static counters => counters.Sent);
        Write(writer, all, "prometheus_notifications_errors_total", "Total number of sent alerts affected by errors.", static counters => counters.Errors);
        Write(writer, all, "prometheus_notifications_dropped_total", "Total number of alerts dropped due to errors when sending to Alertmanager.", static counters => counters.Dropped);
        writer.Family("prometheus_notifications_latency_seconds", MetricKind.Summary, "Latency quantiles for sending alert notifications.");
        foreach ((string alertmanager, SendCounters counters) in all)
        {
            writer.Summary(counters.Seconds, counters.Requests, ("alertmanager", alertmanager));
        }
    }

    private static void Write(
        MetricWriter writer, IReadOnlyList<(string Alertmanager, SendCounters Counters)> all, string name, string help, Func<SendCounters, double> value)
    {
        writer.Family(name, MetricKind.Counter, help);
        foreach ((string alertmanager, SendCounters counters) in all)
        {
            writer.Sample(value(counters), ("alertmanager", alertmanager));
        }
    }
}
