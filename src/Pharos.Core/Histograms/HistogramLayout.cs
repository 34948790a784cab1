using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>What a histogram looks like with other buckets, and whether two look the same.</summary>
internal static class HistogramLayout
{
    private const int MaxKeptEmpty = 1 << 20;

    public static FloatHistogram Compact(FloatHistogram h, int maxEmpty)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxEmpty);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxEmpty, MaxKeptEmpty);
        if (IsCompact(h.PositiveSpans, h.PositiveBuckets, maxEmpty) && IsCompact(h.NegativeSpans, h.NegativeBuckets, maxEmpty))
        {
            return h;
        }

        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<double> positiveBuckets) = Compact(h.PositiveSpans, h.PositiveBuckets, maxEmpty);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<double> negativeBuckets) = Compact(h.NegativeSpans, h.NegativeBuckets, maxEmpty);
        return new FloatHistogram
        {
            CounterResetHint = h.CounterResetHint,
            Schema = h.Schema,
            ZeroThreshold = h.ZeroThreshold,
            ZeroCount = h.ZeroCount,
            Count = h.Count,
            Sum = h.Sum,
            PositiveSpans = positiveSpans,
            PositiveBuckets = positiveBuckets,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negativeBuckets,
            CustomValues = h.CustomValues,
        };
    }

    public static FloatHistogram ReduceResolution(FloatHistogram h, int schema)
    {
        if (schema == h.Schema)
        {
            return h;
        }

        ThrowIfCustom(h.Schema, schema);
        if (schema > h.Schema)
        {
            return h;
        }

        var accumulator = new HistogramAccumulator(isCompensated: false);
        accumulator.Add(h);
        accumulator.ReduceResolution(schema);
        return accumulator.ToHistogram();
    }

    public static bool ContentEquals(FloatHistogram left, FloatHistogram right) =>
        left.Schema == right.Schema
        && IsSame(left.Count, right.Count)
        && IsSame(left.Sum, right.Sum)
        && IsSame(left.ZeroCount, right.ZeroCount)
        && left.ZeroThreshold == right.ZeroThreshold
        && (!left.UsesCustomBuckets || left.CustomValues.AsSpan().SequenceEqual(right.CustomValues.AsSpan()))
        && IsSame(left.NegativeBuckets, right.NegativeBuckets)
        && IsSame(left.PositiveBuckets, right.PositiveBuckets)
        && BucketLayout.Equal(left.NegativeSpans, right.NegativeSpans)
        && BucketLayout.Equal(left.PositiveSpans, right.PositiveSpans);

    public static void ThrowIfCustom(int schema, int targetSchema)
    {
        if (schema == FloatHistogram.CustomBucketsSchema || targetSchema == FloatHistogram.CustomBucketsSchema)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"cannot go from schema {schema} to {targetSchema}: custom buckets have no coarser schema"));
        }
    }

    private static bool IsCompact(ImmutableArray<BucketSpan> spans, ImmutableArray<double> counts, int maxEmpty)
    {
        for (int i = 0; i < spans.Length; i++)
        {
            if (spans[i].Length == 0 || (i > 0 && spans[i].Offset <= maxEmpty))
            {
                return false;
            }
        }

        return !CountLoops.AnyZero(counts.AsSpan());
    }

    private static (ImmutableArray<BucketSpan> Spans, ImmutableArray<double> Counts) Compact(
        ImmutableArray<BucketSpan> spans,
        ImmutableArray<double> counts,
        int maxEmpty)
    {
        ImmutableArray<BucketSpan> compact = BucketLayout.Occupied(spans, counts.AsSpan(), default, maxEmpty);
        double[] kept = new double[BucketLayout.Length(compact)];
        BucketLayout.Copy(spans, counts.AsSpan(), compact, kept);
        return (compact, ImmutableCollectionsMarshal.AsImmutableArray(kept));
    }

    private static bool IsSame(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private static bool IsSame(ImmutableArray<double> left, ImmutableArray<double> right) =>
        MemoryMarshal.AsBytes(left.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(right.AsSpan()));
}
