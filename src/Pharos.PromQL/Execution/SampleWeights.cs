using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>What samples weigh in statistics: a number 1, a native histogram its size in memory as upstream lays it out, in units of 16 bytes. Owned by one worker.</summary>
internal sealed class SampleWeights
{
    private long[] _before = [];
    private bool _isPlain = true;

    /// <summary>Looks at the samples of one series.</summary>
    public void Update(SampleBuffer samples)
    {
        ReadOnlySpan<FloatHistogram?> histograms = samples.Histograms;
        _isPlain = histograms.IsEmpty;
        if (_isPlain)
        {
            return;
        }

        if (_before.Length <= samples.Count)
        {
            _before = new long[samples.Count + 1];
        }

        for (int i = 0; i < samples.Count; i++)
        {
            _before[i + 1] = _before[i] + (histograms[i] is { } histogram ? HistogramSize.InSamples(histogram) : 1);
        }
    }

    /// <summary>The samples <c>first .. end-1</c> of that series.</summary>
    public long Between(int first, int end) => _isPlain ? end - first : _before[end] - _before[first];

    /// <summary>All samples of a row with times of its own.</summary>
    public static long Of(ResultRow row)
    {
        long sum = 0;
        for (int i = 0; i < row.Values.Length; i++)
        {
            sum += row.HistogramAt(i) is { } histogram ? HistogramSize.InSamples(histogram) : 1;
        }

        return sum;
    }
}
