using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Storage.Compaction;

/// <summary>Samples of one series that are to be written anew: numbers, and native histograms as they are stored. Reused; not thread-safe.</summary>
internal sealed class SampleRun
{
    private readonly SampleBuffer _numbers = new(256);
    private NativeHistogram[] _histograms = [];

    public int Count => _numbers.Count;

    /// <summary>Whether any sample is a histogram.</summary>
    public bool HasHistograms { get; private set; }

    /// <summary>Times and values; of histograms the sums.</summary>
    public SampleBuffer Numbers => _numbers;

    public void Clear()
    {
        if (HasHistograms)
        {
            Array.Clear(_histograms);
            HasHistograms = false;
        }

        _numbers.Clear();
    }

    public long TimeAt(int index) => _numbers.TimestampArray[index];

    /// <summary>The histogram; none where the sample is a number.</summary>
    public NativeHistogram HistogramAt(int index) => HasHistograms && index < _histograms.Length ? _histograms[index] : default;

    public void Add(long time, NativeHistogram histogram)
    {
        _numbers.Add(time, histogram.Sum);
        if (_histograms.Length < Count)
        {
            Array.Resize(ref _histograms, Math.Max(256, Count * 2));
        }

        HasHistograms = true;
        _histograms[Count - 1] = histogram;
    }

    /// <summary>Adds a sample of another run.</summary>
    public void Add(SampleRun other, int index)
    {
        NativeHistogram histogram = other.HistogramAt(index);
        if (histogram.IsNone)
        {
            _numbers.Add(other._numbers.TimestampArray[index], other._numbers.ValueArray[index]);
        }
        else
        {
            Add(other._numbers.TimestampArray[index], histogram);
        }
    }
}
