using System.Collections.Immutable;
using System.Globalization;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// Makes native histograms of points, the way upstream does (storage/remote/otlptranslator): exponential ones as they are, at a scale that Prometheus has, and others with their
/// bounds as custom ones. What is wrong with one is noted.
/// </summary>
internal sealed class HistogramTranslation(OtlpMessage message, TranslationLog log)
{
    // OTLP has a threshold of its own, which upstream does not read either.
    private const double ZeroThreshold = 1e-128;

    /// <summary>The histogram of a point; false, and noted, where it is none.</summary>
    public bool TryTranslate(in OtlpPoint point, in OtlpMetric metric, out NativeHistogram histogram)
    {
        bool isExponential = metric.Kind == OtlpKind.ExponentialHistogram;
        histogram = default;
        if (isExponential && point.Scale < FloatHistogram.MinSchema)
        {
            log.Refuse(string.Create(CultureInfo.InvariantCulture, $"cannot convert exponential to native histogram. Scale must be >= {FloatHistogram.MinSchema}, was {point.Scale}"));
            return false;
        }

        if (point.HasNoRecordedValue)
        {
            histogram = new NativeHistogram(new IntegerHistogram { Sum = Staleness.Marker });
            return true;
        }

        double sum = point.HasSum ? point.Sum : 0;
        if (point.Count == 0 && sum != 0)
        {
            string what = isExponential ? "exponential histogram" : "histogram";
            log.Warn(
                TranslationWarning.HistogramZeroCountNonZeroSum,
                string.Create(CultureInfo.InvariantCulture, $"{what} data point has zero count, but non-zero sum: {sum:F6}"));
        }

        // A delta is like a gauge: no reset is looked for.
        CounterResetHint hint = metric.Temporality == OtlpTemporality.Delta ? CounterResetHint.Gauge : CounterResetHint.Unknown;
        histogram = new NativeHistogram(isExponential ? Exponential(point, sum, hint) : Custom(point, sum, hint));
        if (histogram.Validate() is { } error)
        {
            log.Refuse(error);
            return false;
        }

        return true;
    }

    private IntegerHistogram Exponential(in OtlpPoint point, double sum, CounterResetHint hint)
    {
        int shift = Math.Max(0, point.Scale - FloatHistogram.MaxSchema);
        (ImmutableArray<BucketSpan> positiveSpans, ImmutableArray<long> positive) = Side(point.Positive, message.BucketCounts, shift);
        (ImmutableArray<BucketSpan> negativeSpans, ImmutableArray<long> negative) = Side(point.Negative, message.NegativeCounts, shift);
        return new IntegerHistogram
        {
            CounterResetHint = hint,
            Schema = Math.Min(point.Scale, FloatHistogram.MaxSchema),
            ZeroThreshold = ZeroThreshold,
            ZeroCount = point.ZeroCount,
            Count = point.Count,
            Sum = sum,
            PositiveSpans = positiveSpans,
            PositiveDeltas = positive,
            NegativeSpans = negativeSpans,
            NegativeDeltas = negative,
        };
    }

    // Bucket 0 of OTLP goes from 1 to the base, which is bucket 1 here.
    private static (ImmutableArray<BucketSpan> Spans, ImmutableArray<long> Deltas) Side(OtlpBuckets buckets, List<ulong> counts, int shift) =>
        BucketSpans.Of(buckets.Counts.Of(counts), buckets.Offset, shift, unchecked((buckets.Offset >> Math.Min(shift, 31)) + 1));

    private IntegerHistogram Custom(in OtlpPoint point, double sum, CounterResetHint hint)
    {
        ReadOnlySpan<ulong> counts = point.Buckets.Of(message.BucketCounts);
        int offset = counts.IndexOfAnyExcept(0UL) is int found and >= 0 ? found : counts.Length;
        (ImmutableArray<BucketSpan> spans, ImmutableArray<long> deltas) = BucketSpans.Of(counts[offset..], offset, shift: 0, first: offset);
        return new IntegerHistogram
        {
            CounterResetHint = hint,
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = point.Count,
            Sum = sum,
            PositiveSpans = spans,
            PositiveDeltas = deltas,
            CustomValues = [.. point.Bounds.Of(message.Bounds)],
        };
    }
}
