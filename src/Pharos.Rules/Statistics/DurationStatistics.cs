namespace Pharos.Rules.Statistics;

/// <summary>
/// How long something took, over all times as a histogram, and over the newest as quantiles. Thread-safe. Holds a bounded number of durations.
/// </summary>
public sealed class DurationStatistics
{
    // Upstream's summaries cover ten minutes; of more than this many within them the newest count.
    private const int MaxKept = 2048;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly double[] UpperBounds = [0.01, 0.1, 1, 10];

    private readonly TimeProvider _time;
    private readonly Lock _lock = new(); // guards all that follows
    private readonly long[] _counts = new long[UpperBounds.Length + 1];
    private readonly (long At, double Seconds)[] _newest = new (long, double)[MaxKept];
    private long _count;
    private double _sum;

    internal DurationStatistics(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Upper bounds of the buckets in seconds, ascending, without infinity.</summary>
    public static ReadOnlySpan<double> Bounds => UpperBounds;

    /// <summary>All that was observed: each bucket alone, that of infinity last, and the sum in seconds.</summary>
    public (long[] Counts, double Sum) GetHistogram()
    {
        lock (_lock)
        {
            return ([.. _counts], _sum);
        }
    }

    /// <summary>The quantiles of the last ten minutes in seconds; NaN when there was nothing.</summary>
    /// <param name="quantiles">Each from 0 to 1.</param>
    public double[] GetQuantiles(params ReadOnlySpan<double> quantiles)
    {
        double[] sorted;
        lock (_lock)
        {
            long oldest = _time.GetTimestamp() - (long)(Window.TotalSeconds * _time.TimestampFrequency);
            int kept = (int)Math.Min(_count, MaxKept);
            sorted = [.. _newest.Take(kept).Where(d => d.At >= oldest).Select(static d => d.Seconds)];
        }

        Array.Sort(sorted);
        double[] values = new double[quantiles.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(quantiles[i] * sorted.Length) - 1, 0, sorted.Length - 1)];
        }

        return values;
    }

    internal void Observe(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        int bucket = 0;
        while (bucket < UpperBounds.Length && seconds > UpperBounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _counts[bucket]++;
            _newest[_count % MaxKept] = (_time.GetTimestamp(), seconds);
            _count++;
            _sum += seconds;
        }
    }
}
