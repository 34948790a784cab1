namespace Pharos.Core.Samples;

/// <summary>
/// Decoded samples of one series as two columns. Reused from series to series by one worker; not thread-safe.
/// The arrays are pinned and have <see cref="Slack"/> unused places behind the capacity, so that native decoders and wide loads may run over the end.
/// </summary>
public sealed class SampleBuffer
{
    /// <summary>Places behind the capacity that may be read and written but mean nothing.</summary>
    public const int Slack = 16;

    private long[] _timestamps;
    private double[] _values;

    /// <summary>An empty buffer; it grows as needed.</summary>
    public SampleBuffer(int capacity = 1024)
    {
        _timestamps = GC.AllocateUninitializedArray<long>(capacity + Slack, pinned: true);
        _values = GC.AllocateUninitializedArray<double>(capacity + Slack, pinned: true);
    }

    /// <summary>How many samples are in the buffer.</summary>
    public int Count { get; set; }

    /// <summary>How many samples fit before <see cref="EnsureCapacity"/> must be called.</summary>
    public int Capacity => _timestamps.Length - Slack;

    /// <summary>Milliseconds since the Unix epoch, ascending. The whole array, slack included; invalid after <see cref="EnsureCapacity"/>.</summary>
    public long[] TimestampArray => _timestamps;

    /// <summary>The values. The whole array, slack included; invalid after <see cref="EnsureCapacity"/>.</summary>
    public double[] ValueArray => _values;

    /// <summary>The timestamps of the samples in the buffer.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(0, Count);

    /// <summary>The values of the samples in the buffer.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Makes room for this many samples in all; keeps the content.</summary>
    public void EnsureCapacity(int capacity)
    {
        if (capacity <= Capacity)
        {
            return;
        }

        int size = Math.Max(capacity, Capacity * 2) + Slack;
        long[] timestamps = GC.AllocateUninitializedArray<long>(size, pinned: true);
        double[] values = GC.AllocateUninitializedArray<double>(size, pinned: true);
        _timestamps.AsSpan(0, Count).CopyTo(timestamps);
        _values.AsSpan(0, Count).CopyTo(values);
        _timestamps = timestamps;
        _values = values;
    }

    /// <summary>Adds one sample at the end; for sources that are not hot.</summary>
    public void Add(long timestamp, double value)
    {
        EnsureCapacity(Count + 1);
        _timestamps[Count] = timestamp;
        _values[Count] = value;
        Count++;
    }
}
