using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>Mends histograms whose spans go back (see <see cref="HistogramChunkLayout.IsOrdered"/>): what is said twice of a bucket is added.</summary>
internal static class BucketOrder
{
    public static FloatHistogram Mend(FloatHistogram histogram)
    {
        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<double> positive) = Mend(histogram.PositiveSpans, histogram.PositiveBuckets);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<double> negative) = Mend(histogram.NegativeSpans, histogram.NegativeBuckets);
        return new FloatHistogram
        {
            CounterResetHint = histogram.CounterResetHint,
            Schema = histogram.Schema,
            ZeroThreshold = histogram.ZeroThreshold,
            ZeroCount = histogram.ZeroCount,
            Count = histogram.Count,
            Sum = histogram.Sum,
            PositiveSpans = positiveSpans,
            PositiveBuckets = positive,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negative,
            CustomValues = histogram.CustomValues,
        };
    }

    private static (ImmutableArray<BucketSpan> Spans, ImmutableArray<double> Counts) Mend(ImmutableArray<BucketSpan> spans, ImmutableArray<double> counts)
    {
        var buckets = new SortedDictionary<int, double>();
        int index = 0;
        int position = 0;
        foreach (BucketSpan span in spans)
        {
            index += span.Offset;
            for (int i = 0; i < span.Length; i++)
            {
                buckets[index] = buckets.GetValueOrDefault(index) + counts[position++];
                index++;
            }
        }

        var ordered = new List<BucketSpan>();
        int end = 0;
        foreach (int bucket in buckets.Keys)
        {
            if (ordered.Count > 0 && bucket == end)
            {
                ordered[^1] = ordered[^1] with { Length = ordered[^1].Length + 1 };
            }
            else
            {
                ordered.Add(new BucketSpan(bucket - end, 1));
            }

            end = bucket + 1;
        }

        return ([.. ordered], [.. buckets.Values]);
    }
}
