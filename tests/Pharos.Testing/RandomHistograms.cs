using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Testing;

/// <summary>Valid native histograms of any layout with small whole counts, so that sums of them are exact. The same seed makes the same ones.</summary>
public sealed class RandomHistograms
{
    private static readonly double[] Bounds = [-2.5, -1, 0, 0.1, 0.5, 1, 2.5, 10, 100];
    private static readonly double[] ZeroThresholds = [0, 0, 0, 0.001, 0.25, 1.5];

    private readonly Random _random;

    /// <summary>Starts the sequence of a seed.</summary>
    public RandomHistograms(int seed)
    {
        _random = new Random(seed);
    }

    /// <summary>A histogram of either kind.</summary>
    public FloatHistogram Any() => _random.Next(2) == 0 ? Exponential() : Custom();

    /// <summary>A histogram with exponential buckets: any schema, or the one given.</summary>
    public FloatHistogram Exponential(int? schema = null, double? zeroThreshold = null)
    {
        double threshold = zeroThreshold ?? ZeroThresholds[_random.Next(ZeroThresholds.Length)];
        int chosen = schema ?? _random.Next(FloatHistogram.MinSchema, FloatHistogram.MaxSchema + 1);
        int first = FirstOutside(threshold, chosen);
        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<double> positive) = Side(first);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<double> negative) = Side(first);
        double zero = _random.Next(5);
        return new FloatHistogram
        {
            Schema = chosen,
            ZeroThreshold = threshold,
            ZeroCount = zero,
            Count = zero + positive.Sum() + negative.Sum(),
            Sum = _random.Next(-100, 100),
            CounterResetHint = Hint(),
            PositiveSpans = positiveSpans,
            PositiveBuckets = positive,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negative,
        };
    }

    /// <summary>A histogram with custom buckets whose bounds are some of a few.</summary>
    public FloatHistogram Custom()
    {
        ImmutableArray<double> bounds = [.. Bounds.Where(_ => _random.Next(3) > 0)];
        double[] counts = [.. Enumerable.Range(0, bounds.Length + 1).Select(_ => (double)Math.Max(0, _random.Next(-2, 9)))];
        return new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = counts.Sum(),
            Sum = _random.Next(-100, 100),
            CounterResetHint = Hint(),
            CustomValues = bounds,
            PositiveSpans = [new BucketSpan(0, counts.Length)],
            PositiveBuckets = [.. counts],
        };
    }

    private static int FirstOutside(double threshold, int schema) =>
        threshold == 0 ? -20 : (int)Math.Floor(Math.ScaleB(Math.Log2(threshold), schema)) + 2;

    private CounterResetHint Hint() => (CounterResetHint)_random.Next(4);

    private (ImmutableArray<BucketSpan> Spans, ImmutableArray<double> Counts) Side(int first)
    {
        var spans = new List<BucketSpan>();
        var counts = new List<double>();
        int runs = _random.Next(5);
        for (int i = 0; i < runs; i++)
        {
            int length = _random.Next(6);
            spans.Add(new BucketSpan(i == 0 ? first + _random.Next(10) : _random.Next(4), length));
            counts.AddRange(Enumerable.Range(0, length).Select(_ => (double)Math.Max(0, _random.Next(-2, 9))));
        }

        return ([.. spans], [.. counts]);
    }
}
