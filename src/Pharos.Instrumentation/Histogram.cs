namespace Pharos.Instrumentation;

/// <summary>
/// Counts observations by their size. Thread-safe, without locks; observing allocates nothing. A scrape may see an observation in the buckets
/// and not yet in the sum; the count is always that of the buckets.
/// </summary>
public sealed class Histogram
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private AtomicDouble _sum;

    /// <param name="bounds">Upper bounds, ascending and finite; kept, shared by all histograms of a family.</param>
    internal Histogram(double[] bounds)
    {
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    /// <summary>All observations so far.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            for (int bucket = 0; bucket < _counts.Length; bucket++)
            {
                count += CountOf(bucket);
            }

            return count;
        }
    }

    /// <summary>The sum of all observations.</summary>
    public double Sum => _sum.Value;

    internal ReadOnlySpan<double> Bounds => _bounds;

    /// <summary>Adds an observation: to the first bucket whose bound it does not exceed. What is not a number goes to the last.</summary>
    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < _bounds.Length && !(value <= _bounds[bucket]))
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        _sum.Add(value);
    }

    /// <summary>Observations in one bucket alone; the one behind the last bound is infinity's.</summary>
    internal long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);
}
