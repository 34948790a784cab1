namespace Pharos.Server.Metrics;

/// <summary>The requests of one route. Thread-safe.</summary>
internal sealed class HandlerMetrics
{
    private const int FirstCode = 100;
    private const int LastCode = 599;
    private static readonly double[] DurationBounds = [0.1, 0.2, 0.4, 1, 3, 8, 20, 60, 120];

    private readonly long[] _counts = new long[LastCode - FirstCode + 1];

    public Histogram Duration { get; } = new(DurationBounds);

    /// <summary>The statuses that were answered, ascending, and how often.</summary>
    public IEnumerable<(int Code, long Count)> Counts =>
        Enumerable.Range(0, _counts.Length).Select(i => (i + FirstCode, Volatile.Read(ref _counts[i]))).Where(static pair => pair.Item2 > 0);

    /// <summary>One request; without a duration it counts and is not timed.</summary>
    public void Observe(int statusCode, TimeSpan? duration)
    {
        Interlocked.Increment(ref _counts[Math.Clamp(statusCode, FirstCode, LastCode) - FirstCode]);
        if (duration is { } known)
        {
            Duration.Observe(known.TotalSeconds);
        }
    }
}
