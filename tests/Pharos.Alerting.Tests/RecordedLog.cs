using System.Collections.Concurrent;
using Pharos.Alerting.Forwarding;

namespace Pharos.Alerting.Tests;

/// <summary>Keeps what would be logged.</summary>
internal sealed class RecordedLog : IAlertingLog, IForwardingLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void TailCut(string file, long bytes) => _lines.Enqueue($"cut {bytes}");

    public void WriteFailed(string what, string error) => _lines.Enqueue($"write failed {what}: {error}");

    public void AttemptFailed(string receiver, string integration, string group, int attempt, string error) => _lines.Enqueue($"attempt {attempt} of {integration}: {error}");

    public void NotificationFailed(string receiver, string integration, string group, int attempts, string error) =>
        _lines.Enqueue($"failed {receiver}/{integration} after {attempts}: {error}");

    public void AlertsDropped(int count, string reason) => _lines.Enqueue($"dropped {count}: {reason}");

    public void SendFailed(string alertmanager, int alerts, string error) => _lines.Enqueue($"send failed {alertmanager} {alerts}: {error}");

    public void QueueFull(string alertmanager, int capacity) => _lines.Enqueue($"full {alertmanager} {capacity}");

    public void DiscoveryFailed(string set, string error) => _lines.Enqueue($"discovery {set}: {error}");
}
