using System.Collections.Immutable;

namespace Pharos.Core.Histograms;

/// <summary>What is added to another: a histogram, or one that is being computed with what was rounded away.</summary>
internal readonly ref struct HistogramView
{
    public HistogramView(FloatHistogram histogram)
    {
        Hint = histogram.CounterResetHint;
        Schema = histogram.Schema;
        ZeroThreshold = histogram.ZeroThreshold;
        ZeroCount = new CompensatedSum(histogram.ZeroCount);
        Count = new CompensatedSum(histogram.Count);
        Sum = new CompensatedSum(histogram.Sum);
        Positive = new BucketSide(histogram.PositiveSpans, histogram.PositiveBuckets.AsSpan());
        Negative = new BucketSide(histogram.NegativeSpans, histogram.NegativeBuckets.AsSpan());
        CustomValues = histogram.CustomValues;
    }

    public CounterResetHint Hint { get; init; }

    public int Schema { get; init; }

    public double ZeroThreshold { get; init; }

    public CompensatedSum ZeroCount { get; init; }

    public CompensatedSum Count { get; init; }

    public CompensatedSum Sum { get; init; }

    public BucketSide Positive { get; init; }

    public BucketSide Negative { get; init; }

    public ImmutableArray<double> CustomValues { get; init; }

    public bool UsesCustomBuckets => Schema == FloatHistogram.CustomBucketsSchema;

    /// <summary>
    /// What the zero bucket would hold with a threshold that is no smaller. Where that would cut a populated bucket it goes out to its outer bound,
    /// and the bucket is taken as a whole.
    /// </summary>
    public CompensatedSum ZeroCountUpTo(ref double threshold)
    {
        while (true)
        {
            CompensatedSum count = ZeroCount;
            double cut = Take(Positive, threshold, ref count);
            threshold = Math.Max(threshold, cut);
            cut = Take(Negative, threshold, ref count);
            if (cut <= threshold)
            {
                return count;
            }

            threshold = cut;
        }
    }

    // The outer bound of the populated bucket that the threshold cuts; 0 where it cuts none.
    private double Take(BucketSide side, double threshold, ref CompensatedSum count)
    {
        var intervals = new BucketLayout.Intervals(side.Spans);
        while (intervals.MoveNext())
        {
            for (int index = intervals.Start; index < intervals.End; index++)
            {
                if (BucketBounds.Exponential(index - 1, Schema) >= threshold)
                {
                    return 0;
                }

                int position = intervals.Position + index - intervals.Start;
                count.Add(side.Counts[position]);
                if (!side.Compensations.IsEmpty)
                {
                    count.Add(side.Compensations[position]);
                }

                double outer = BucketBounds.Exponential(index, Schema);
                if (outer > threshold)
                {
                    return side.Counts[position] != 0 ? outer : 0;
                }
            }
        }

        return 0;
    }
}
