using Pharos.Alerting.Receivers;

namespace Pharos.Alerting;

/// <summary>What happened with the integrations of one kind. Thread-safe.</summary>
public sealed class IntegrationCounters
{
    // Upper bounds in seconds, as upstream's.
    private static readonly double[] Bounds = [1, 5, 10, 15, 20];

    private readonly long[] _latencies = new long[Bounds.Length + 1];
    private readonly long[] _failed = new long[Enum.GetValues<DeliveryFailure>().Length];
    private long _notifications;
    private long _requests;
    private long _failedRequests;
    private long _latencyMicroseconds;

    /// <summary>Upper bounds of the buckets of latency, in seconds, without infinity.</summary>
    public static IReadOnlyList<double> LatencyBounds => Bounds;

    /// <summary>Messages that were to be sent.</summary>
    public long Notifications => Interlocked.Read(ref _notifications);

    /// <summary>Attempts.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public long FailedRequests => Interlocked.Read(ref _failedRequests);

    /// <summary>Of all attempts together.</summary>
    public double LatencySeconds => Interlocked.Read(ref _latencyMicroseconds) / 1e6;

    /// <summary>Messages that were given up for a reason.</summary>
    public long FailedFor(DeliveryFailure failure) => Interlocked.Read(ref _failed[(int)failure]);

    /// <summary>Attempts of one bucket alone; the one behind the last bound is infinity's.</summary>
    public long LatencyCount(int bucket) => Interlocked.Read(ref _latencies[bucket]);

    internal void BeginNotification() => Interlocked.Increment(ref _notifications);

    internal void GiveUp(DeliveryFailure failure) => Interlocked.Increment(ref _failed[(int)failure]);

    internal void Attempt(TimeSpan duration, bool isDelivered)
    {
        Interlocked.Increment(ref _requests);
        if (!isDelivered)
        {
            Interlocked.Increment(ref _failedRequests);
        }

        int bucket = 0;
        while (bucket < Bounds.Length && duration.TotalSeconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _latencies[bucket]);
        Interlocked.Add(ref _latencyMicroseconds, (long)duration.TotalMicroseconds);
    }
}
