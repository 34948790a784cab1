using Pharos.Alerting;
using Pharos.Alerting.Forwarding;

namespace Pharos.Server.Lifecycle;

/// <summary>Puts what the Alertmanager inside and the way to others have to say into the log.</summary>
internal sealed partial class AlertingLog : IAlertingLog, IForwardingLog
{
    private readonly ILogger<AlertingPart> _logger;

    public AlertingLog(ILogger<AlertingPart> logger)
    {
        _logger = logger;
    }

    public void TailCut(string file, long bytes) => Log.TailCut(_logger, file, bytes);

    public void WriteFailed(string what, string error) => Log.WriteFailed(_logger, what, error);

    public void AttemptFailed(string receiver, string integration, string group, int attempt, string error) =>
        Log.AttemptFailed(_logger, receiver, integration, group, attempt, error);

    public void NotificationFailed(string receiver, string integration, string group, int attempts, string error) =>
        Log.NotificationFailed(_logger, receiver, integration, group, attempts, error);

    public void AlertsDropped(int count, string reason) => Log.AlertsDropped(_logger, count, reason);

    public void SendFailed(string alertmanager, int alerts, string error) => Log.SendFailed(_logger, alertmanager, alerts, error);

    public void QueueFull(string alertmanager, int capacity) => Log.QueueFull(_logger, alertmanager, capacity);

    public void DiscoveryFailed(string set, string error) => Log.DiscoveryFailed(_logger, set, error);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The end of a file was no whole record, as after a crash, and was cut")]
        public static partial void TailCut(ILogger logger, string file, long bytes);

        [LoggerMessage(Level = LogLevel.Error, Message = "A file of the Alertmanager could not be written")]
        public static partial void WriteFailed(ILogger logger, string what, string err);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Notify attempt failed, will retry later")]
        public static partial void AttemptFailed(ILogger logger, string receiver, string integration, string group, int attempt, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "Notify for alerts failed")]
        public static partial void NotificationFailed(ILogger logger, string receiver, string integration, string group, int attempts, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "Alerts were dropped")]
        public static partial void AlertsDropped(ILogger logger, int count, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Error sending alerts")]
        public static partial void SendFailed(ILogger logger, string alertmanager, int count, string err);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert notification queue full, dropping alerts")]
        public static partial void QueueFull(ILogger logger, string alertmanager, int capacity);

        [LoggerMessage(Level = LogLevel.Error, Message = "Alertmanagers cannot be discovered")]
        public static partial void DiscoveryFailed(ILogger logger, string set, string err);
    }
}
