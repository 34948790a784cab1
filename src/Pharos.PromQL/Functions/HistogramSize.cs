using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>How much of the limit of samples a histogram takes.</summary>
internal static class HistogramSize
{
    private const int SampleBytes = 16;
    private const int FixedBytes = 168;
    private const int TimestampBytes = 8;
    private const int ItemBytes = 8;

    /// <summary>What upstream counts: the bytes of its own histogram and timestamp in units of a sample of 16 bytes.</summary>
    public static int InSamples(FloatHistogram histogram)
    {
        int items = histogram.PositiveSpans.Length + histogram.NegativeSpans.Length
            + histogram.PositiveBuckets.Length + histogram.NegativeBuckets.Length + histogram.CustomValues.Length;
        return (FixedBytes + (items * ItemBytes) + TimestampBytes) / SampleBytes;
    }
}
