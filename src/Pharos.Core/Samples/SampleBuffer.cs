using Pharos.Core.Histograms;

namespace Pharos.Core.Samples;

/// <summary>
/// Decoded samples of one series as columns: timestamps and values, and only where a sample has them histograms and start timestamps. Reused from series to series by one worker; not thread-safe.
/// The arrays are pinned and have <see cref="Slack"/> unused places behind the capacity, so that native decoders and wide loads may run over the end.
/// </summary>
public sealed class SampleBuffer
{
    /// <summary>Places behind the capacity that may be read and written but mean nothing.</summary>
    public const int Slack = 16;

    private long[] _timestamps;
    private double[] _values;
    private FloatHistogram?[] _histograms = [];
    private long[] _startTimestamps = [];

    /// <summary>An empty buffer; it grows as needed.</summary>
    public SampleBuffer(int capacity = 1024)
    {
        _timestamps = GC.AllocateUninitializedArray<long>(capacity + Slack, pinned: true);
        _values = GC.AllocateUninitializedArray<double>(capacity + Slack, pinned: true);
    }

    /// <summary>How many samples are in the buffer.</summary>
    public int Count { get; set; }

    /// <summary>Whether any sample is a histogram. While it is not, nothing is kept for the column.</summary>
    public bool HasHistograms { get; private set; }

    /// <summary>Whether any sample has a start timestamp.</summary>
    public bool HasStartTimestamps { get; private set; }

    /// <summary>How many samples fit before <see cref="EnsureCapacity"/> must be called.</summary>
    public int Capacity => _timestamps.Length - Slack;

    /// <summary>Milliseconds since the Unix epoch, ascending. The whole array, slack included; invalid after <see cref="EnsureCapacity"/>.</summary>
    public long[] TimestampArray => _timestamps;

    /// <summary>The values. The whole array, slack included; invalid after <see cref="EnsureCapacity"/>.</summary>
    public double[] ValueArray => _values;

    /// <summary>The timestamps of the samples in the buffer.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(0, Count);

    /// <summary>The values of the samples in the buffer; of a histogram its sum, so that a staleness marker is one pattern for both.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>The histograms of the samples in the buffer, null where the sample is a number; empty unless <see cref="HasHistograms"/>.</summary>
    public ReadOnlySpan<FloatHistogram?> Histograms => HasHistograms ? _histograms.AsSpan(0, Count) : [];

    /// <summary>When each sample's counter began, milliseconds since the Unix epoch, 0 where unknown; empty unless <see cref="HasStartTimestamps"/>.</summary>
    public ReadOnlySpan<long> StartTimestamps => HasStartTimestamps ? _startTimestamps.AsSpan(0, Count) : [];

    /// <summary>Empties the buffer and keeps its memory.</summary>
    public void Clear()
    {
        Count = 0;
        if (HasHistograms)
        {
            Array.Clear(_histograms);
            HasHistograms = false;
        }

        if (HasStartTimestamps)
        {
            Array.Clear(_startTimestamps);
            HasStartTimestamps = false;
        }
    }

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
        if (HasHistograms)
        {
            Array.Resize(ref _histograms, size);
        }

        if (HasStartTimestamps)
        {
            Array.Resize(ref _startTimestamps, size);
        }
    }

    /// <summary>Forgets the samples outside [minTime, maxTime]. Meant for few of them: they are sought from the ends.</summary>
    public void KeepBetween(long minTime, long maxTime)
    {
        ReadOnlySpan<long> times = Timestamps;
        int end = times.Length;
        while (end > 0 && times[end - 1] > maxTime)
        {
            end--;
        }

        int start = 0;
        while (start < end && times[start] < minTime)
        {
            start++;
        }

        if (start > 0 || end < times.Length)
        {
            Keep(start, end - start);
        }
    }

    /// <summary>Keeps so many samples from one on and forgets the others.</summary>
    public void Keep(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Count, nameof(count));
        if (start > 0)
        {
            Array.Copy(_timestamps, start, _timestamps, 0, count);
            Array.Copy(_values, start, _values, 0, count);
        }

        if (HasHistograms)
        {
            Array.Copy(_histograms, start, _histograms, 0, count);
            Array.Clear(_histograms, count, Count - count);
        }

        if (HasStartTimestamps)
        {
            Array.Copy(_startTimestamps, start, _startTimestamps, 0, count);
            Array.Clear(_startTimestamps, count, Count - count);
        }

        Count = count;
    }

    /// <summary>Forgets so many samples from one on and closes the gap.</summary>
    public void Remove(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Count, nameof(count));
        int behind = Count - start - count;
        Array.Copy(_timestamps, start + count, _timestamps, start, behind);
        Array.Copy(_values, start + count, _values, start, behind);
        if (HasHistograms)
        {
            Array.Copy(_histograms, start + count, _histograms, start, behind);
            Array.Clear(_histograms, start + behind, count);
        }

        if (HasStartTimestamps)
        {
            Array.Copy(_startTimestamps, start + count, _startTimestamps, start, behind);
            Array.Clear(_startTimestamps, start + behind, count);
        }

        Count -= count;
    }

    /// <summary>Adds so many samples of another buffer, from one on, at the end.</summary>
    public void Append(SampleBuffer other, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, other.Count, nameof(count));
        EnsureCapacity(Count + count);
        int at = Count;
        Array.Copy(other._timestamps, start, _timestamps, at, count);
        Array.Copy(other._values, start, _values, at, count);
        Count = at + count;
        for (int i = 0; i < count && other.HasHistograms; i++)
        {
            SetHistogram(at + i, other._histograms[start + i]);
        }

        for (int i = 0; i < count && other.HasStartTimestamps; i++)
        {
            SetStartTimestamp(at + i, other._startTimestamps[start + i]);
        }
    }

    /// <summary>Adds one sample at the end; for sources that are not hot.</summary>
    public void Add(long timestamp, double value)
    {
        EnsureCapacity(Count + 1);
        _timestamps[Count] = timestamp;
        _values[Count] = value;
        Count++;
    }

    /// <summary>Adds one histogram at the end.</summary>
    public void Add(long timestamp, FloatHistogram histogram)
    {
        Add(timestamp, histogram.Sum);
        SetHistogram(Count - 1, histogram);
    }

    /// <summary>Says that a sample in the buffer is this histogram, or a number after all.</summary>
    public void SetHistogram(int index, FloatHistogram? histogram)
    {
        if (histogram is null && !HasHistograms)
        {
            return;
        }

        HasHistograms = true;
        if (_histograms.Length < _timestamps.Length)
        {
            Array.Resize(ref _histograms, _timestamps.Length);
        }

        _histograms[index] = histogram;
    }

    /// <summary>Says when the counter of a sample in the buffer began; 0 is unknown.</summary>
    public void SetStartTimestamp(int index, long startTimestamp)
    {
        if (startTimestamp == 0 && !HasStartTimestamps)
        {
            return;
        }

        HasStartTimestamps = true;
        if (_startTimestamps.Length < _timestamps.Length)
        {
            Array.Resize(ref _startTimestamps, _timestamps.Length);
        }

        _startTimestamps[index] = startTimestamp;
    }
}
