using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>
/// Samples that are logged and made visible together: one scrape, one write request, one rule evaluation.
/// Owned and reused by one caller; not thread-safe. After <see cref="ISeriesAppender.Append"/> each sample has its <see cref="Results"/>.
/// </summary>
public sealed class SampleBatch
{
    private SeriesRef[] _series;
    private long[] _timestamps;
    private double[] _values;
    private AppendResult[] _results;
    private NativeHistogram[] _histograms = [];

    /// <summary>An empty batch with room for this many samples; it grows by doubling.</summary>
    public SampleBatch(int capacity = 256)
    {
        _series = new SeriesRef[capacity];
        _timestamps = new long[capacity];
        _values = new double[capacity];
        _results = new AppendResult[capacity];
    }

    /// <summary>How many samples are in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>The series of each sample. Invalid after the next <see cref="Add(SeriesRef, long, double)"/>.</summary>
    public ReadOnlySpan<SeriesRef> Series => _series.AsSpan(0, Count);

    /// <summary>The timestamp of each sample, milliseconds since the Unix epoch. Invalid after the next <see cref="Add(SeriesRef, long, double)"/>.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(0, Count);

    /// <summary>The value of each sample. Invalid after the next <see cref="Add(SeriesRef, long, double)"/>.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Whether any sample is a histogram. While it is not, nothing is kept for the column.</summary>
    public bool HasHistograms { get; private set; }

    /// <summary>The histogram of each sample, none where it is a number; empty unless <see cref="HasHistograms"/>. Invalid after the next <see cref="Add(SeriesRef, long, double)"/>.</summary>
    public ReadOnlySpan<NativeHistogram> Histograms => HasHistograms ? _histograms.AsSpan(0, Count) : [];

    /// <summary>What became of each sample; written by the appender.</summary>
    public Span<AppendResult> Results => _results.AsSpan(0, Count);

    /// <summary>Adds a sample. The order within a series is the order of appending.</summary>
    public void Add(SeriesRef series, long timestamp, double value)
    {
        int i = Count;
        if (i == _series.Length)
        {
            Grow();
        }

        _series[i] = series;
        _timestamps[i] = timestamp;
        _values[i] = value;
        Count = i + 1;
    }

    /// <summary>Adds a histogram that <see cref="NativeHistogram.Validate"/> finds nothing wrong with; its value is its sum.</summary>
    public void Add(SeriesRef series, long timestamp, NativeHistogram histogram)
    {
        Add(series, timestamp, histogram.Sum);
        SetHistogram(Count - 1, histogram);
    }

    /// <summary>Says that a sample in the batch, whose value is its sum, is this histogram.</summary>
    public void SetHistogram(int index, NativeHistogram histogram)
    {
        if (_histograms.Length < _series.Length)
        {
            Array.Resize(ref _histograms, _series.Length);
        }

        HasHistograms = true;
        _histograms[index] = histogram;
    }

    /// <summary>Names the series of a sample anew, after <see cref="AppendResult.UnknownSeries"/>.</summary>
    public void SetSeries(int index, SeriesRef series) => _series[index] = series;

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        if (HasHistograms)
        {
            Array.Clear(_histograms);
            HasHistograms = false;
        }

        Count = 0;
    }

    private void Grow()
    {
        int capacity = Math.Max(256, _series.Length * 2);
        Array.Resize(ref _series, capacity);
        Array.Resize(ref _timestamps, capacity);
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _results, capacity);
        if (HasHistograms)
        {
            Array.Resize(ref _histograms, capacity);
        }
    }
}
