namespace Pharos.Alerting.Forwarding;

/// <summary>What was sent to one Alertmanager. Thread-safe.</summary>
public sealed class SendCounters
{
    private long _sent;
    private long _errors;
    private long _dropped;
    private long _requests;
    private long _microseconds;

    /// <summary>Alerts that were sent, taken or not.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Alerts in requests that failed.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Alerts that it will not get.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Of all requests together.</summary>
    public double Seconds => Interlocked.Read(ref _microseconds) / 1e6;

    internal void Request(int alerts, TimeSpan duration, bool isTaken)
    {
        Interlocked.Add(ref _sent, alerts);
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _microseconds, (long)duration.TotalMicroseconds);
        if (!isTaken)
        {
            Interlocked.Add(ref _errors, alerts);
            Interlocked.Add(ref _dropped, alerts);
        }
    }

    internal void Drop(int alerts) => Interlocked.Add(ref _dropped, alerts);
}
