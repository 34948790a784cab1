namespace Pharos.Alerting;

/// <summary>Where the Alertmanager says what an operator should know. Called from any thread; returns soon. Nothing it gets holds a secret.</summary>
public interface IAlertingLog
{
    /// <summary>Bytes at the end of a file were no whole record, as after a crash, and were cut.</summary>
    void TailCut(string file, long bytes);

    /// <summary>A file could not be written. What it says is known in memory and will be lost with the process.</summary>
    void WriteFailed(string what, string error);

    /// <summary>An attempt to tell an integration failed; it is tried again.</summary>
    void AttemptFailed(string receiver, string integration, string group, int attempt, string error);

    /// <summary>A message was given up.</summary>
    void NotificationFailed(string receiver, string integration, string group, int attempts, string error);

    /// <summary>Alerts were refused or dropped, and why.</summary>
    void AlertsDropped(int count, string reason);
}
