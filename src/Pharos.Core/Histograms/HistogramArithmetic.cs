using System.Diagnostics.CodeAnalysis;

namespace Pharos.Core.Histograms;

/// <summary>Sums and differences of histograms whose schemas, zero buckets or bounds differ.</summary>
internal static class HistogramArithmetic
{
    public static bool TryCombine(
        FloatHistogram left,
        FloatHistogram right,
        int sign,
        [NotNullWhen(true)] out FloatHistogram? result,
        [NotNullWhen(false)] out string? error)
    {
        result = null;
        error = null;
        if (left.UsesCustomBuckets != right.UsesCustomBuckets)
        {
            error = "cannot apply this operation on histograms with a mix of exponential and custom bucket schemas";
            return false;
        }

        result = left.UsesCustomBuckets ? CombineCustom(left, right, sign) : CombineExponential(left, right, sign);
        return true;
    }

    private static FloatHistogram CombineCustom(FloatHistogram left, FloatHistogram right, int sign)
    {
        bool sameBounds = left.CustomValues.SequenceEqual(right.CustomValues);
        IReadOnlyList<double> bounds = sameBounds ? left.CustomValues : [.. left.CustomValues.Intersect(right.CustomValues)];
        var positive = new BucketMap(left.PositiveSpans, left.PositiveBuckets);
        var other = new BucketMap(right.PositiveSpans, right.PositiveBuckets);
        if (!sameBounds)
        {
            positive = positive.Remap(left.CustomValues, bounds);
            other = other.Remap(right.CustomValues, bounds);
        }

        foreach ((int index, double count) in other.Counts)
        {
            positive.Add(index, sign * count);
        }

        (IReadOnlyList<BucketSpan> spans, IReadOnlyList<double> buckets) = (sameBounds ? positive : positive.WithoutEmpty()).ToSpans();
        return new FloatHistogram
        {
            CounterResetHint = Combine(left.CounterResetHint, right.CounterResetHint),
            Schema = left.Schema,
            Count = left.Count + (sign * right.Count),
            Sum = left.Sum + (sign * right.Sum),
            CustomValues = bounds,
            PositiveSpans = spans,
            PositiveBuckets = buckets,
        };
    }

    private static FloatHistogram CombineExponential(FloatHistogram left, FloatHistogram right, int sign)
    {
        var a = new Exponential(left);
        var b = new Exponential(right);
        while (a.ZeroThreshold != b.ZeroThreshold)
        {
            a.WidenZeroBucket(b.ZeroThreshold);
            b.WidenZeroBucket(a.ZeroThreshold);
        }

        int schema = Math.Min(left.Schema, right.Schema);
        a.Reduce(schema);
        b.Reduce(schema);
        foreach ((int index, double count) in b.Positive.Counts)
        {
            a.Positive.Add(index, sign * count);
        }

        foreach ((int index, double count) in b.Negative.Counts)
        {
            a.Negative.Add(index, sign * count);
        }

        (IReadOnlyList<BucketSpan> positiveSpans, IReadOnlyList<double> positiveBuckets) = a.Positive.ToSpans();
        (IReadOnlyList<BucketSpan> negativeSpans, IReadOnlyList<double> negativeBuckets) = a.Negative.ToSpans();
        return new FloatHistogram
        {
            CounterResetHint = Combine(left.CounterResetHint, right.CounterResetHint),
            Schema = schema,
            ZeroThreshold = a.ZeroThreshold,
            ZeroCount = a.ZeroCount + (sign * b.ZeroCount),
            Count = left.Count + (sign * right.Count),
            Sum = left.Sum + (sign * right.Sum),
            PositiveSpans = positiveSpans,
            PositiveBuckets = positiveBuckets,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negativeBuckets,
        };
    }

    // A gauge wins; otherwise only what both say holds.
    private static CounterResetHint Combine(CounterResetHint left, CounterResetHint right)
    {
        if (left == CounterResetHint.Gauge || right == CounterResetHint.Gauge)
        {
            return CounterResetHint.Gauge;
        }

        return left == right ? left : CounterResetHint.Unknown;
    }

    private sealed class Exponential(FloatHistogram histogram)
    {
        private int _schema = histogram.Schema;

        public double ZeroThreshold { get; private set; } = histogram.ZeroThreshold;

        public double ZeroCount { get; private set; } = histogram.ZeroCount;

        public BucketMap Positive { get; private set; } = new(histogram.PositiveSpans, histogram.PositiveBuckets);

        public BucketMap Negative { get; private set; } = new(histogram.NegativeSpans, histogram.NegativeBuckets);

        public void Reduce(int schema)
        {
            if (schema < _schema)
            {
                Positive = Positive.Reduce(_schema, schema);
                Negative = Negative.Reduce(_schema, schema);
                _schema = schema;
            }
        }

        // A populated bucket that the threshold would cut goes into the zero bucket as a whole, which is wider then than asked for.
        public void WidenZeroBucket(double threshold)
        {
            if (threshold <= ZeroThreshold)
            {
                return;
            }

            double widened;
            do
            {
                widened = threshold;
                threshold = Math.Max(OuterBound(Positive, threshold), OuterBound(Negative, threshold));
            }
            while (threshold != widened);

            ZeroThreshold = threshold;
            ZeroCount += TakeBelow(Positive, threshold) + TakeBelow(Negative, threshold);
            Positive = Positive.WithoutEmpty();
            Negative = Negative.WithoutEmpty();
        }

        private double OuterBound(BucketMap buckets, double threshold)
        {
            foreach ((int index, double count) in buckets.Counts)
            {
                if (count != 0 && UpperBound(index - 1) < threshold && UpperBound(index) > threshold)
                {
                    return UpperBound(index);
                }
            }

            return threshold;
        }

        private double TakeBelow(BucketMap buckets, double threshold)
        {
            double taken = 0;
            foreach (int index in buckets.Counts.Keys.Where(index => UpperBound(index - 1) < threshold).ToArray())
            {
                taken += buckets.Counts[index];
                buckets.Remove(index);
            }

            return taken;
        }

        private double UpperBound(int index) => _schema < 0 ? Math.ScaleB(1, index << -_schema) : Math.Pow(2, Math.ScaleB(index, -_schema));
    }
}
