namespace Pharos.Server.Metrics;

/// <summary>Counts observations by size. Thread-safe; a reader may see an observation in the buckets and not yet in the sum.</summary>
internal sealed class Histogram
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;

    /// <param name="bounds">Upper bounds, ascending, without infinity. Kept, not copied.</param>
    public Histogram(double[] bounds)
    {
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    public ReadOnlySpan<double> Bounds => _bounds;

    public double Sum => Volatile.Read(ref _sum);

    /// <summary>Observations in one bucket alone; the one behind the last bound is infinity's.</summary>
    public long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);

    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        double seen;
        double current = Volatile.Read(ref _sum);
        do
        {
            seen = current;
            current = Interlocked.CompareExchange(ref _sum, seen + value, seen);
        }
        while (current != seen);
    }
}
