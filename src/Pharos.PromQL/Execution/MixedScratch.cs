using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>What the windows of a series with histograms or start timestamps are made of. Owned by one worker, reused from series to series.</summary>
internal sealed class MixedScratch
{
    private FloatHistogram?[] _histograms = [];
    private long[] _starts = [];
    private int[] _histogramsBefore = [0];
    private byte[] _resets = [];

    /// <summary>Whether samples have start timestamps.</summary>
    public bool HasStarts { get; private set; }

    /// <summary>Takes over a series.</summary>
    public void Prepare(SampleBuffer samples, bool usesStarts)
    {
        int count = samples.Count;
        if (_resets.Length < count)
        {
            _histograms = new FloatHistogram?[count * 2];
            _starts = new long[count * 2];
            _histogramsBefore = new int[(count * 2) + 1];
            _resets = new byte[count * 2];
        }

        _resets.AsSpan(0, count).Clear();
        HasStarts = usesStarts && samples.HasStartTimestamps;
        if (HasStarts)
        {
            samples.StartTimestamps.CopyTo(_starts);
        }

        ReadOnlySpan<FloatHistogram?> histograms = samples.Histograms;
        for (int i = 0; i < count; i++)
        {
            _histograms[i] = histograms.IsEmpty ? null : histograms[i];
            _histogramsBefore[i + 1] = _histogramsBefore[i] + (_histograms[i] is null ? 0 : 1);
        }
    }

    /// <summary>Whether a sample of <c>first .. end-1</c> is a histogram.</summary>
    public bool HasHistogram(int first, int end) => _histogramsBefore[end] > _histogramsBefore[first];

    /// <summary>The samples <c>first .. end-1</c> as a window over a range.</summary>
    public HistogramWindow Window(ReadOnlySpan<long> timestamps, int first, int end, long rangeStart, long rangeEnd) => new()
    {
        Timestamps = timestamps[first..end],
        Histograms = _histograms.AsSpan(first..end),
        StartTimestamps = HasStarts ? _starts.AsSpan(first..end) : [],
        Resets = _resets.AsSpan(first..end),
        RangeStart = rangeStart,
        RangeEnd = rangeEnd,
    };
}
