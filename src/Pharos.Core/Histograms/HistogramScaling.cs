using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>A histogram times a factor or divided, made at once: what queries do to histograms most often.</summary>
internal static class HistogramScaling
{
    public static FloatHistogram Scale(FloatHistogram histogram, double factor, bool isDivision)
    {
        // Nothing says where so many observations would lie.
        bool isWithoutBuckets = isDivision && factor == 0;
        return new FloatHistogram
        {
            CounterResetHint = factor < 0 ? CounterResetHint.Gauge : histogram.CounterResetHint,
            Schema = histogram.Schema,
            ZeroThreshold = histogram.ZeroThreshold,
            ZeroCount = Scale(histogram.ZeroCount, factor, isDivision),
            Count = Scale(histogram.Count, factor, isDivision),
            Sum = Scale(histogram.Sum, factor, isDivision),
            PositiveSpans = isWithoutBuckets ? [] : histogram.PositiveSpans,
            PositiveBuckets = isWithoutBuckets ? [] : Scale(histogram.PositiveBuckets, factor, isDivision),
            NegativeSpans = isWithoutBuckets ? [] : histogram.NegativeSpans,
            NegativeBuckets = isWithoutBuckets ? [] : Scale(histogram.NegativeBuckets, factor, isDivision),
            CustomValues = histogram.CustomValues,
        };
    }

    private static double Scale(double value, double factor, bool isDivision) => isDivision ? value / factor : value * factor;

    private static ImmutableArray<double> Scale(ImmutableArray<double> counts, double factor, bool isDivision)
    {
        if (counts.IsEmpty)
        {
            return [];
        }

        double[] scaled = GC.AllocateUninitializedArray<double>(counts.Length);
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Scale(counts[i], factor, isDivision);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(scaled);
    }
}
