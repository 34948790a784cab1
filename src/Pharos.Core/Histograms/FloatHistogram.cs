using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pharos.Core.Histograms;

/// <summary>
/// A native histogram with counts as floats, in upstream's shape. Immutable, so that threads and rows may share one; results share arrays with what they
/// were made from. Spans and buckets agree and schemas are known as <see cref="Validate"/> says: whoever takes a histogram from outside asks for it.
/// To compute with many histograms use <see cref="HistogramAccumulator"/>, which does not allocate for each.
/// </summary>
public sealed class FloatHistogram
{
    /// <summary>The schema of histograms whose bounds are <see cref="CustomValues"/>.</summary>
    public const int CustomBucketsSchema = -53;

    /// <summary>The coarsest exponential schema: bounds grow by 65536.</summary>
    public const int MinSchema = -4;

    /// <summary>The finest exponential schema: bounds grow by 0.27 %.</summary>
    public const int MaxSchema = 8;

    /// <summary>Upstream's message about two histograms that do not go together.</summary>
    public const string MixedSchemasMessage = "cannot apply this operation on histograms with a mix of exponential and custom bucket schemas";

    /// <summary>An empty histogram; set the properties.</summary>
    public FloatHistogram()
    {
    }

    private FloatHistogram(FloatHistogram other, CounterResetHint hint)
    {
        CounterResetHint = hint;
        Schema = other.Schema;
        ZeroThreshold = other.ZeroThreshold;
        ZeroCount = other.ZeroCount;
        Count = other.Count;
        Sum = other.Sum;
        PositiveSpans = other.PositiveSpans;
        PositiveBuckets = other.PositiveBuckets;
        NegativeSpans = other.NegativeSpans;
        NegativeBuckets = other.NegativeBuckets;
        CustomValues = other.CustomValues;
    }

    /// <summary>What is known of a counter reset before this histogram.</summary>
    public CounterResetHint CounterResetHint { get; init; }

    /// <summary>Bounds grow by 2^(2^-schema) from bucket to bucket; <see cref="CustomBucketsSchema"/>: they are given.</summary>
    public int Schema { get; init; }

    /// <summary>Observations no farther from 0 than this are in the zero bucket.</summary>
    public double ZeroThreshold { get; init; }

    /// <summary>Observations in the zero bucket.</summary>
    public double ZeroCount { get; init; }

    /// <summary>All observations.</summary>
    public double Count { get; init; }

    /// <summary>The sum of all observations.</summary>
    public double Sum { get; init; }

    /// <summary>Which buckets of positive observations there are.</summary>
    public ImmutableArray<BucketSpan> PositiveSpans { get; init; } = [];

    /// <summary>Observations of each positive bucket of the spans; not cumulative.</summary>
    public ImmutableArray<double> PositiveBuckets { get; init; } = [];

    /// <summary>Which buckets of negative observations there are.</summary>
    public ImmutableArray<BucketSpan> NegativeSpans { get; init; } = [];

    /// <summary>Observations of each negative bucket of the spans; not cumulative.</summary>
    public ImmutableArray<double> NegativeBuckets { get; init; } = [];

    /// <summary>Upper bounds of the buckets of a histogram of <see cref="CustomBucketsSchema"/>, ascending, without infinity.</summary>
    public ImmutableArray<double> CustomValues { get; init; } = [];

    /// <summary>Whether the bounds are given instead of exponential.</summary>
    public bool UsesCustomBuckets => Schema == CustomBucketsSchema;

    /// <summary>The bucket around 0. Histograms with custom buckets have none; theirs is empty.</summary>
    public HistogramBucket ZeroBucket => new(-ZeroThreshold, ZeroThreshold, IsLowerInclusive: true, IsUpperInclusive: true, ZeroCount);

    /// <summary>All buckets from the lowest to the highest.</summary>
    public BucketEnumerator Buckets() => new(this, isDescending: false);

    /// <summary>All buckets from the highest to the lowest.</summary>
    public BucketEnumerator BucketsDescending() => new(this, isDescending: true);

    /// <summary>The same histogram with another hint; itself where it has that.</summary>
    public FloatHistogram WithHint(CounterResetHint hint) => hint == CounterResetHint ? this : new FloatHistogram(this, hint);

    /// <summary>
    /// The bucket-wise sum, at the coarser of the two resolutions, the wider of the zero buckets and the bounds that both have. False where one has
    /// exponential and the other custom buckets. Empty buckets are kept: <see cref="Compact"/> drops them.
    /// </summary>
    public bool TryAdd(FloatHistogram other, [NotNullWhen(true)] out FloatHistogram? result, out CombinationNotices notices) =>
        HistogramAccumulator.TryCombine(this, other, isSubtraction: false, out result, out notices);

    /// <summary>
    /// The bucket-wise difference, else as <see cref="TryAdd"/>. The hint comes from both as for a sum; what subtracts for a user marks the result a
    /// gauge with <see cref="WithHint"/>.
    /// </summary>
    public bool TrySubtract(FloatHistogram other, [NotNullWhen(true)] out FloatHistogram? result, out CombinationNotices notices) =>
        HistogramAccumulator.TryCombine(this, other, isSubtraction: true, out result, out notices);

    /// <summary>All counts and the sum times a factor; a negative one makes a gauge.</summary>
    public FloatHistogram Multiply(double factor) => HistogramScaling.Scale(this, factor, isDivision: false);

    /// <summary>All counts and the sum divided; a negative divisor makes a gauge, and zero removes the buckets.</summary>
    public FloatHistogram Divide(double divisor) => HistogramScaling.Scale(this, divisor, isDivision: true);

    /// <summary>
    /// The same histogram without empty buckets, but for runs of no more than <paramref name="maxEmptyBuckets"/> between others; itself where there is
    /// nothing to drop or join.
    /// </summary>
    public FloatHistogram Compact(int maxEmptyBuckets = 0) => HistogramLayout.Compact(this, maxEmptyBuckets);

    /// <summary>The same observations in the wider buckets of a coarser exponential schema; itself where the schema is not coarser.</summary>
    /// <exception cref="InvalidOperationException">The buckets are custom, or the schema is that of custom buckets.</exception>
    public FloatHistogram ReduceResolution(int schema) => HistogramLayout.ReduceResolution(this, schema);

    /// <summary>
    /// Whether a counter was reset between the histogram before and this one: as the hint says, or else by a count that fell, a populated bucket that is
    /// gone, or a resolution or zero bucket that only a reset can change so. Gauges are compared like counters.
    /// </summary>
    public bool DetectReset(FloatHistogram previous) => ResetDetection.IsReset(this, previous);

    /// <summary>
    /// Whether both have the same buckets, empty ones included, with the same counts in every bit: what <c>==</c> of the query language means. Hints do not matter.
    /// </summary>
    public bool ContentEquals(FloatHistogram? other) => other is not null && HistogramLayout.ContentEquals(this, other);

    /// <summary>What is left of the observations at or below the value, with values within a bucket interpolated: the operator <c>&lt;/</c>.</summary>
    public FloatHistogram TrimUpper(double value) => BucketTrimming.Trim(this, value, isUpper: true);

    /// <summary>What is left of the observations at or above the value, with values within a bucket interpolated: the operator <c>&gt;/</c>.</summary>
    public FloatHistogram TrimLower(double value) => BucketTrimming.Trim(this, value, isUpper: false);

    /// <summary>Upstream's message about what does not fit together; null when all does.</summary>
    public string? Validate() => HistogramValidation.Validate(this);

    /// <summary>The histogram as upstream writes it, <c>{count:3, sum:10, [-0.001,0.001]:1, (0.5,1]:2}</c>, without empty buckets.</summary>
    public string ToText() => HistogramText.Format(this);

    internal HistogramBucket BucketAt(in BucketCursor cursor, bool isPositive)
    {
        ReadOnlySpan<double> bounds = CustomValues.AsSpan();
        double outer = BucketBounds.Upper(cursor.Index, Schema, bounds);
        double inner = BucketBounds.Upper(cursor.Index - 1, Schema, bounds);
        double lower = isPositive ? inner : -outer;
        double upper = isPositive ? outer : -inner;
        double count = (isPositive ? PositiveBuckets : NegativeBuckets)[cursor.Position];
        return UsesCustomBuckets
            ? new HistogramBucket(lower, upper, cursor.Index == 0, IsUpperInclusive: true, count)
            : new HistogramBucket(lower, upper, lower < 0, upper > 0, count);
    }
}
