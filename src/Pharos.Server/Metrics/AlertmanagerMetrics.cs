using Pharos.Alerting;
using Pharos.Alerting.Alerts;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Silencing;
using Pharos.Core.Buffers;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Metrics;

/// <summary>The Alertmanager inside, under upstream's names.</summary>
internal sealed class AlertmanagerMetrics : IMetricSource
{
    private static readonly (DeliveryFailure Failure, string Reason)[] Reasons =
    [
        (DeliveryFailure.Authentication, "authError"),
        (DeliveryFailure.ClientError, "clientError"),
        (DeliveryFailure.Canceled, "contextCanceled"),
        (DeliveryFailure.DeadlineExceeded, "contextDeadlineExceeded"),
        (DeliveryFailure.Other, "other"),
        (DeliveryFailure.RateLimited, "rateLimited"),
        (DeliveryFailure.ServerError, "serverError"),
    ];

    private readonly Func<Alertmanager?> _alertmanager;
    private readonly ReloadStatus _reload;
    private readonly TimeProvider _clock;

    /// <param name="alertmanager">Null while it is not open.</param>
    /// <param name="reload">Its configuration is loaded with the rest.</param>
    /// <param name="clock">Says which alerts and silences are over.</param>
    public AlertmanagerMetrics(Func<Alertmanager?> alertmanager, ReloadStatus reload, TimeProvider clock)
    {
        _alertmanager = alertmanager;
        _reload = reload;
        _clock = clock;
    }

    public void Write(MetricWriter writer)
    {
        if (_alertmanager() is not { } alertmanager)
        {
            return;
        }

        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        WriteAlerts(writer, alertmanager, now);
        WriteSilences(writer, alertmanager, now);
        WriteNotifications(writer, alertmanager.Counters);
        ActiveAlertmanager current = alertmanager.Current;
        writer.Gauge("alertmanager_dispatcher_aggregation_groups", "Number of active aggregation groups", current.GroupCount);
        writer.Counter(
            "alertmanager_dispatcher_aggregation_group_limit_reached_total",
            "Number of times when dispatcher failed to create new aggregation group due to limit.",
            alertmanager.Counters.GroupLimitReached);
        writer.Gauge("alertmanager_receivers", "Number of configured receivers.", current.Receivers.Count);
        writer.Gauge("alertmanager_integrations", "Number of configured integrations.", current.Receivers.Sum(static receiver => receiver.Integrations.Count));
        writer.Gauge("alertmanager_inhibition_rules", "Number of configured inhibition rules.", current.File.InhibitRules.Count);
        writer.Gauge("alertmanager_cluster_enabled", "Indicates whether the clustering is enabled or not.", 0);
        ReloadOutcome outcome = _reload.Current;
        writer.Gauge("alertmanager_config_last_reload_successful", "Whether the last configuration reload attempt was successful.", outcome.Succeeded ? 1 : 0);
        writer.Gauge(
            "alertmanager_config_last_reload_success_timestamp_seconds", "Timestamp of the last successful configuration reload.", outcome.LastSuccess.ToUnixTimeMilliseconds() / 1000.0);
        writer.Counter("alertmanager_nflog_queries_total", "Number of notification log queries were received.", alertmanager.Notifications.Queries);
        writer.Counter("alertmanager_nflog_maintenance_total", "How many maintenances were executed for the notification log.", alertmanager.Notifications.Maintenances);
        writer.Counter(
            "alertmanager_nflog_maintenance_errors_total", "How many maintenances were executed for the notification log that failed.", alertmanager.Notifications.MaintenanceErrors);
        writer.Gauge("alertmanager_nflog_snapshot_size_bytes", "Size of the last notification log snapshot in bytes.", alertmanager.Notifications.FileBytes);
    }

    private static void WriteAlerts(MetricWriter writer, Alertmanager alertmanager, long now)
    {
        int suppressed = 0;
        int active = 0;
        foreach (StoredAlert alert in alertmanager.Alerts.GetAll())
        {
            if (alert.IsResolvedAt(now))
            {
                continue;
            }

            if (alertmanager.StatusOf(alert.Labels).IsSuppressed)
            {
                suppressed++;
            }
            else
            {
                active++;
            }
        }

        writer.Family("alertmanager_alerts", MetricKind.Gauge, "How many alerts by state.");
        writer.Sample(active, ("state", "active"));
        writer.Sample(suppressed, ("state", "suppressed"));
        writer.Sample(0, ("state", "unprocessed"));
        AlertmanagerCounters counters = alertmanager.Counters;
        writer.Family("alertmanager_alerts_received_total", MetricKind.Counter, "The total number of received alerts.");
        writer.Sample(counters.FiringReceived, ("status", "firing"), ("version", "v2"));
        writer.Sample(counters.ResolvedReceived, ("status", "resolved"), ("version", "v2"));
        writer.Counter("alertmanager_alerts_invalid_total", "The total number of received alerts that were invalid.", counters.Invalid, ("version", "v2"));
        writer.Counter("pharos_alertmanager_alerts_refused_total", "Alerts refused since there are too many.", alertmanager.Alerts.Refused);
    }

    private static void WriteSilences(MetricWriter writer, Alertmanager alertmanager, long now)
    {
        int[] counts = new int[3];
        foreach (Silence silence in alertmanager.Silences.GetAll())
        {
            counts[(int)silence.StateAt(now)]++;
        }

        writer.Family("alertmanager_silences", MetricKind.Gauge, "How many silences by state.");
        writer.Sample(counts[(int)SilenceState.Active], ("state", "active"));
        writer.Sample(counts[(int)SilenceState.Expired], ("state", "expired"));
        writer.Sample(counts[(int)SilenceState.Pending], ("state", "pending"));
    }

    private static void WriteNotifications(MetricWriter writer, AlertmanagerCounters counters)
    {
        KeyValuePair<string, IntegrationCounters>[] all = [.. counters.Integrations];
        WriteByIntegration(writer, all, "alertmanager_notifications_total", "The total number of attempted notifications.", static counter => counter.Notifications);
        writer.Family("alertmanager_notifications_failed_total", MetricKind.Counter, "The total number of failed notifications.");
        foreach ((string integration, IntegrationCounters counter) in all)
        {
            foreach ((DeliveryFailure failure, string reason) in Reasons)
            {
                writer.Sample(counter.FailedFor(failure), ("integration", integration), ("reason", reason));
            }
        }

        WriteByIntegration(writer, all, "alertmanager_notification_requests_total", "The total number of attempted notification requests.", static counter => counter.Requests);
        WriteByIntegration(
            writer, all, "alertmanager_notification_requests_failed_total", "The total number of failed notification requests.", static counter => counter.FailedRequests);
        WriteLatencies(writer, all);
        writer.Family("alertmanager_notifications_suppressed_total", MetricKind.Counter, "Alerts left out of notifications, by reason.");
        writer.Sample(counters.SuppressedByInhibition, ("reason", "inhibition"));
        writer.Sample(counters.SuppressedBySilence, ("reason", "silence"));
        writer.Sample(counters.SuppressedByTime, ("reason", "time_interval"));
    }

    private static void WriteLatencies(MetricWriter writer, KeyValuePair<string, IntegrationCounters>[] all)
    {
        const string Name = "alertmanager_notification_latency_seconds";
        IReadOnlyList<double> bounds = IntegrationCounters.LatencyBounds;
        writer.Family(Name, MetricKind.Histogram, "The latency of notifications in seconds.");
        foreach ((string integration, IntegrationCounters counter) in all)
        {
            long cumulative = 0;
            for (int i = 0; i <= bounds.Count; i++)
            {
                cumulative += counter.LatencyCount(i);
                writer.Bucket(cumulative, ("integration", integration), ("le", i < bounds.Count ? FloatWriter.ToGeneralString(bounds[i]) : "+Inf"));
            }

            writer.Summary(counter.LatencySeconds, cumulative, ("integration", integration));
        }
    }

    private static void WriteByIntegration(
        MetricWriter writer, KeyValuePair<string, IntegrationCounters>[] all, string name, string help, Func<IntegrationCounters, double> value)
    {
        writer.Family(name, MetricKind.Counter, help);
        foreach ((string integration, IntegrationCounters counter) in all)
        {
            writer.Sample(value(counter), ("integration", integration));
        }
    }
}
