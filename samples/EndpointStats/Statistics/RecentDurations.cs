namespace EndpointStats.Statistics;

/// <summary>The durations of the last requests, for quantiles. Not thread-safe.</summary>
internal sealed class RecentDurations
{
    private const int Capacity = 1024;

    private readonly double[] _seconds = new double[Capacity];
    private int _next;
    private int _count;

    public void Add(double seconds)
    {
        _seconds[_next] = seconds;
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
    }

    /// <summary>The values below which these shares of the requests lie; zeros where there was none.</summary>
    /// <param name="shares">Each between 0 and 1.</param>
    public double[] Quantiles(params ReadOnlySpan<double> shares)
    {
        double[] sorted = _seconds[.._count];
        Array.Sort(sorted);
        double[] values = new double[shares.Length];
        for (int i = 0; i < shares.Length && _count > 0; i++)
        {
            values[i] = sorted[(int)Math.Ceiling(shares[i] * _count) - 1];
        }

        return values;
    }
}
