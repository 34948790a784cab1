namespace Pharos.Storage.Head;

/// <summary>By how much samples came behind the newest of the head, upstream's histogram <c>prometheus_tsdb_sample_ooo_delta</c>. Usable from any thread.</summary>
internal sealed class OutOfOrderDeltas
{
    private static readonly double[] UpperBounds = [600, 1800, 3600, 7200, 10_800, 21_600, 43_200];
    private readonly long[] _counts = new long[UpperBounds.Length + 1];
    private long _sumMs;

    /// <summary>Upper bounds of the buckets, seconds.</summary>
    public static ReadOnlySpan<double> Bounds => UpperBounds;

    /// <summary>Sum of all, seconds.</summary>
    public double Sum => Volatile.Read(ref _sumMs) / 1000.0;

    /// <summary>How many fell into each bucket alone; the last is for what is above all bounds.</summary>
    public long[] Counts()
    {
        var counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }

        return counts;
    }

    /// <summary>Counts one; nothing when it is not behind.</summary>
    public void Observe(long deltaMs)
    {
        if (deltaMs <= 0)
        {
            return;
        }

        int bucket = 0;
        while (bucket < UpperBounds.Length && deltaMs / 1000.0 > UpperBounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sumMs, deltaMs);
    }
}
