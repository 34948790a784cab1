using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary><c>histogram_avg</c>, <c>histogram_stdvar</c> and <c>histogram_stddev</c> of native histograms.</summary>
internal static class NativeHistogramMoments
{
    public static double Mean(FloatHistogram histogram) => histogram.Sum / histogram.Count;

    public static double StandardDeviation(FloatHistogram histogram) => Math.Sqrt(Variance(histogram));

    /// <summary>The variance if all observations of a bucket were in its middle: the geometric one, 0 in the zero bucket, the arithmetic one of custom buckets.</summary>
    public static double Variance(FloatHistogram histogram)
    {
        double mean = Mean(histogram);
        double variance = 0;
        double compensation = 0;
        foreach (HistogramBucket bucket in histogram.Buckets())
        {
            if (bucket.Count != 0)
            {
                double delta = Middle(bucket, histogram.UsesCustomBuckets) - mean;
                KahanSum.Add(bucket.Count * delta * delta, ref variance, ref compensation);
            }
        }

        return (variance + compensation) / histogram.Count;
    }

    private static double Middle(HistogramBucket bucket, bool isCustom)
    {
        if (isCustom)
        {
            return (bucket.Upper + bucket.Lower) / 2;
        }

        if (bucket.Lower <= 0 && bucket.Upper >= 0)
        {
            return 0;
        }

        double geometric = Math.Sqrt(bucket.Upper * bucket.Lower);
        return bucket.Upper < 0 ? -geometric : geometric;
    }
}
