namespace Pharos.Storage.Compaction;

/// <summary>Observations by buckets of growing size. Written by one thread at a time, read by any.</summary>
internal sealed class Observations
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;

    /// <param name="start">Upper bound of the first bucket.</param>
    /// <param name="factor">From a bound to the next.</param>
    /// <param name="count">Bounds; one bucket more is for what is above all of them.</param>
    public Observations(double start, double factor, int count)
    {
        _bounds = new double[count];
        _counts = new long[count + 1];
        for (int i = 0; i < count; i++)
        {
            _bounds[i] = start;
            start *= factor;
        }
    }

    public void Add(double value)
    {
        int bucket = Array.BinarySearch(_bounds, value);
        Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        Volatile.Write(ref _sum, _sum + value);
    }

    /// <summary>What was observed so far.</summary>
    public ObservedBuckets Read()
    {
        var counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }

        return new ObservedBuckets(_bounds, counts, Volatile.Read(ref _sum));
    }
}
