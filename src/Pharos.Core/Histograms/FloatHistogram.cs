using System.Diagnostics.CodeAnalysis;

namespace Pharos.Core.Histograms;

/// <summary>
/// A native histogram with counts as floats, in upstream's shape. Immutable. Arithmetic goes bucket by bucket and allocates: it serves scripts,
/// messages and tests, not the scan of series.
/// </summary>
public sealed class FloatHistogram
{
    /// <summary>The schema of histograms whose bounds are <see cref="CustomValues"/>.</summary>
    public const int CustomBucketsSchema = -53;

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
    public IReadOnlyList<BucketSpan> PositiveSpans { get; init; } = [];

    /// <summary>Observations of each positive bucket of the spans; not cumulative.</summary>
    public IReadOnlyList<double> PositiveBuckets { get; init; } = [];

    /// <summary>Which buckets of negative observations there are.</summary>
    public IReadOnlyList<BucketSpan> NegativeSpans { get; init; } = [];

    /// <summary>Observations of each negative bucket of the spans; not cumulative.</summary>
    public IReadOnlyList<double> NegativeBuckets { get; init; } = [];

    /// <summary>Upper bounds of the buckets of a histogram of <see cref="CustomBucketsSchema"/>, ascending, without infinity.</summary>
    public IReadOnlyList<double> CustomValues { get; init; } = [];

    /// <summary>Whether the bounds are given instead of exponential.</summary>
    public bool UsesCustomBuckets => Schema == CustomBucketsSchema;

    /// <summary>The bucket-wise sum, at the coarser of the two resolutions. False with upstream's message where the layouts do not go together.</summary>
    public bool TryAdd(FloatHistogram other, [NotNullWhen(true)] out FloatHistogram? result, [NotNullWhen(false)] out string? error) =>
        HistogramArithmetic.TryCombine(this, other, 1, out result, out error);

    /// <summary>The bucket-wise difference, at the coarser of the two resolutions. False with upstream's message where the layouts do not go together.</summary>
    public bool TrySubtract(FloatHistogram other, [NotNullWhen(true)] out FloatHistogram? result, [NotNullWhen(false)] out string? error) =>
        HistogramArithmetic.TryCombine(this, other, -1, out result, out error);
}
