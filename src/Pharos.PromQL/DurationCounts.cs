namespace Pharos.PromQL;

/// <summary>How long something took, counted by size as upstream's metrics do. Readable from any thread while it is counted.</summary>
public sealed class DurationCounts
{
    private static readonly double[] UpperBounds = [0.01, 0.1, 1, 10];

    private readonly long[] _counts = new long[UpperBounds.Length + 1];
    private long _ticks;

    /// <summary>The upper bounds of the classes in seconds, inclusive; the last class has none.</summary>
    public static ReadOnlySpan<double> Bounds => UpperBounds;

    /// <summary>All of it.</summary>
    public TimeSpan Total => new(Interlocked.Read(ref _ticks));

    /// <summary>How many there were in each class alone.</summary>
    public long[] Snapshot()
    {
        long[] counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Interlocked.Read(ref _counts[i]);
        }

        return counts;
    }

    internal void Add(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        int at = 0;
        while (at < UpperBounds.Length && seconds > UpperBounds[at])
        {
            at++;
        }

        Interlocked.Increment(ref _counts[at]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }
}
