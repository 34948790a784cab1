using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>
/// A native histogram with whole counts, in upstream's shape: what was sent and is stored as integers stays exact. Immutable. To compute with it take
/// <see cref="ToFloat"/>.
/// </summary>
public sealed class IntegerHistogram
{
    /// <summary>What is known of a counter reset before this histogram.</summary>
    public CounterResetHint CounterResetHint { get; init; }

    /// <summary>As <see cref="FloatHistogram.Schema"/>.</summary>
    public int Schema { get; init; }

    /// <summary>Observations no farther from 0 than this are in the zero bucket.</summary>
    public double ZeroThreshold { get; init; }

    /// <summary>Observations in the zero bucket.</summary>
    public ulong ZeroCount { get; init; }

    /// <summary>All observations.</summary>
    public ulong Count { get; init; }

    /// <summary>The sum of all observations; the staleness marker where the histogram is one.</summary>
    public double Sum { get; init; }

    /// <summary>Which buckets of positive observations there are.</summary>
    public ImmutableArray<BucketSpan> PositiveSpans { get; init; } = [];

    /// <summary>Observations of the first positive bucket, then of each how many more than in the one before.</summary>
    public ImmutableArray<long> PositiveDeltas { get; init; } = [];

    /// <summary>Which buckets of negative observations there are.</summary>
    public ImmutableArray<BucketSpan> NegativeSpans { get; init; } = [];

    /// <summary>Observations of the first negative bucket, then of each how many more than in the one before.</summary>
    public ImmutableArray<long> NegativeDeltas { get; init; } = [];

    /// <summary>As <see cref="FloatHistogram.CustomValues"/>.</summary>
    public ImmutableArray<double> CustomValues { get; init; } = [];

    /// <summary>Whether the bounds are given instead of exponential.</summary>
    public bool UsesCustomBuckets => Schema == FloatHistogram.CustomBucketsSchema;

    /// <summary>The same histogram with counts as floats; spans and bounds are shared.</summary>
    public FloatHistogram ToFloat() => new()
    {
        CounterResetHint = CounterResetHint,
        Schema = Schema,
        ZeroThreshold = ZeroThreshold,
        ZeroCount = ZeroCount,
        Count = Count,
        Sum = Sum,
        PositiveSpans = PositiveSpans,
        PositiveBuckets = Counts(PositiveDeltas),
        NegativeSpans = NegativeSpans,
        NegativeBuckets = Counts(NegativeDeltas),
        CustomValues = CustomValues,
    };

    /// <summary>Upstream's message about what does not fit together; null when all does.</summary>
    public string? Validate()
    {
        FloatHistogram counts = ToFloat();
        string? error = counts.Validate();
        if (error is not null)
        {
            return error;
        }

        ulong observations = unchecked(ZeroCount + Total(PositiveDeltas) + Total(NegativeDeltas));
        if (double.IsNaN(Sum) ? observations <= Count : observations == Count)
        {
            return null;
        }

        // Observations that are not a number are in no bucket.
        string why = double.IsNaN(Sum)
            ? "histogram's observation count should be at least the number of observations found in the buckets"
            : "histogram's observation count should equal the number of observations found in the buckets (in absence of NaN)";
        return string.Create(CultureInfo.InvariantCulture, $"{observations} observations found in buckets, but the Count field is {Count}: {why}");
    }

    /// <summary>The same observations in the wider buckets of a coarser exponential schema; itself where the schema is not coarser.</summary>
    /// <exception cref="InvalidOperationException">The buckets are custom, or the schema is that of custom buckets.</exception>
    public IntegerHistogram ReduceResolution(int schema)
    {
        if (schema == Schema)
        {
            return this;
        }

        HistogramLayout.ThrowIfCustom(Schema, schema);
        if (schema > Schema)
        {
            return this;
        }

        int shift = BucketBounds.Shift(Schema, schema);
        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<long> positive) = Coarser(PositiveSpans, PositiveDeltas, shift);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<long> negative) = Coarser(NegativeSpans, NegativeDeltas, shift);
        return new IntegerHistogram
        {
            CounterResetHint = CounterResetHint,
            Schema = schema,
            ZeroThreshold = ZeroThreshold,
            ZeroCount = ZeroCount,
            Count = Count,
            Sum = Sum,
            PositiveSpans = positiveSpans,
            PositiveDeltas = positive,
            NegativeSpans = negativeSpans,
            NegativeDeltas = negative,
            CustomValues = CustomValues,
        };
    }

    /// <summary>Whole counts of a histogram whose counts are whole and small enough; null where one is not.</summary>
    public static IntegerHistogram? FromFloat(FloatHistogram histogram)
    {
        if (!IsWhole(histogram.Count) || !IsWhole(histogram.ZeroCount) || !AreWhole(histogram.PositiveBuckets) || !AreWhole(histogram.NegativeBuckets))
        {
            return null;
        }

        return new IntegerHistogram
        {
            CounterResetHint = histogram.CounterResetHint,
            Schema = histogram.Schema,
            ZeroThreshold = histogram.ZeroThreshold,
            ZeroCount = (ulong)histogram.ZeroCount,
            Count = (ulong)histogram.Count,
            Sum = histogram.Sum,
            PositiveSpans = histogram.PositiveSpans,
            PositiveDeltas = Deltas(histogram.PositiveBuckets),
            NegativeSpans = histogram.NegativeSpans,
            NegativeDeltas = Deltas(histogram.NegativeBuckets),
            CustomValues = histogram.CustomValues,
        };
    }

    private static bool IsWhole(double count) => count is >= 0 and <= 1L << 53 && Math.Floor(count) == count;

    private static bool AreWhole(ImmutableArray<double> counts)
    {
        foreach (double count in counts)
        {
            if (!IsWhole(count))
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<long> Deltas(ImmutableArray<double> counts)
    {
        long[] deltas = new long[counts.Length];
        long before = 0;
        for (int i = 0; i < deltas.Length; i++)
        {
            deltas[i] = (long)counts[i] - before;
            before = (long)counts[i];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(deltas);
    }

    private static ImmutableArray<double> Counts(ImmutableArray<long> deltas)
    {
        if (deltas.IsEmpty)
        {
            return [];
        }

        double[] counts = new double[deltas.Length];
        long count = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            count = unchecked(count + deltas[i]);
            counts[i] = count;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(counts);
    }

    private static ulong Total(ImmutableArray<long> deltas)
    {
        ulong total = 0;
        long count = 0;
        foreach (long delta in deltas)
        {
            count = unchecked(count + delta);
            total = unchecked(total + (ulong)count);
        }

        return total;
    }

    private static (ImmutableArray<BucketSpan> Spans, ImmutableArray<long> Deltas) Coarser(ImmutableArray<BucketSpan> spans, ImmutableArray<long> deltas, int shift)
    {
        ImmutableArray<BucketSpan> coarser = BucketLayout.Coarser(spans, shift);
        long[] counts = new long[BucketLayout.Length(coarser)];
        var target = new BucketLayout.Intervals(coarser);
        bool hasTarget = target.MoveNext();
        var source = new BucketLayout.Intervals(spans);
        long count = 0;
        while (source.MoveNext())
        {
            for (int index = source.Start; index < source.End; index++)
            {
                int bucket = BucketBounds.Coarser(index, shift);
                while (hasTarget && target.End <= bucket)
                {
                    hasTarget = target.MoveNext();
                }

                count = unchecked(count + deltas[source.Position + index - source.Start]);
                counts[target.Position + bucket - target.Start] += count;
            }
        }

        for (int i = counts.Length - 1; i > 0; i--)
        {
            counts[i] = unchecked(counts[i] - counts[i - 1]);
        }

        return (coarser, ImmutableCollectionsMarshal.AsImmutableArray(counts));
    }
}
