namespace Pharos.Storage.Backfill;

/// <summary>Samples of many series in any order as columns: those of a series next to each other, ascending, each time once.</summary>
internal sealed class SampleColumns
{
    private readonly long[] _timestamps;
    private readonly double[] _values;

    // Of each series where its samples begin, and how many are left of them.
    private readonly int[] _starts;
    private readonly int[] _counts;

    public SampleColumns(ReadOnlySpan<(int Series, long Timestamp, double Value)> samples, int series)
    {
        _timestamps = new long[samples.Length];
        _values = new double[samples.Length];
        _starts = new int[series + 1];
        _counts = new int[series];
        foreach ((int number, _, _) in samples)
        {
            _starts[number + 1]++;
        }

        for (int i = 0; i < series; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        foreach ((int number, long timestamp, double value) in samples)
        {
            int at = _starts[number] + _counts[number]++;
            _timestamps[at] = timestamp;
            _values[at] = value;
        }

        for (int i = 0; i < series; i++)
        {
            Arrange(i);
        }
    }

    public bool HasSamples(int series) => _counts[series] > 0;

    public ReadOnlySpan<long> TimestampsOf(int series) => _timestamps.AsSpan(_starts[series], _counts[series]);

    public ReadOnlySpan<double> ValuesOf(int series) => _values.AsSpan(_starts[series], _counts[series]);

    private void Arrange(int series)
    {
        Span<long> timestamps = _timestamps.AsSpan(_starts[series], _counts[series]);
        Span<double> values = _values.AsSpan(_starts[series], _counts[series]);
        bool isAscending = true;
        for (int i = 1; i < timestamps.Length; i++)
        {
            isAscending &= timestamps[i - 1] < timestamps[i];
        }

        if (isAscending)
        {
            return;
        }

        // By time, then in the order in which they came, so that the first of a time is the first.
        (long Timestamp, int Place)[] keys = new (long, int)[timestamps.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (timestamps[i], i);
        }

        double[] sorted = values.ToArray();
        Array.Sort(keys);
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (count == 0 || keys[i].Timestamp != timestamps[count - 1])
            {
                timestamps[count] = keys[i].Timestamp;
                values[count] = sorted[keys[i].Place];
                count++;
            }
        }

        _counts[series] = count;
    }
}
