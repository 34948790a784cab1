using System.Collections.Immutable;
using System.Globalization;
using Pharos.Core.Buffers;

namespace Pharos.Core.Histograms;

/// <summary>Whether a histogram from outside makes sense, in upstream's words.</summary>
internal static class HistogramValidation
{
    private const int MaxBuckets = 1 << 20;
    private const string NegativeBucketCount = "histogram has a bucket whose observation count is negative";

    public static string? Validate(FloatHistogram h)
    {
        string? error = h.UsesCustomBuckets ? ValidateCustom(h) : ValidateExponential(h);
        if (error is not null)
        {
            return error;
        }

        if (h.Count < 0)
        {
            return $"observation count is  {Number(h.Count)}: histogram's observation count is negative";
        }

        return Prefixed("positive side: ", CheckCounts(h.PositiveBuckets));
    }

    private static string? ValidateCustom(FloatHistogram h)
    {
        string? error = CheckBounds(h.CustomValues) ?? CheckSpans(h.PositiveSpans, h.PositiveBuckets.Length, isFirstChecked: true) ?? CheckCover(h);
        if (error is not null)
        {
            return "custom buckets: " + error;
        }

        if (h.ZeroCount != 0)
        {
            return "custom buckets: must have zero count of 0";
        }

        if (h.ZeroThreshold != 0)
        {
            return "custom buckets: must have zero threshold of 0";
        }

        if (h.NegativeSpans.Length > 0)
        {
            return "custom buckets: must not have negative spans";
        }

        return h.NegativeBuckets.Length > 0 ? "custom buckets: must not have negative buckets" : null;
    }

    private static string? ValidateExponential(FloatHistogram h)
    {
        if (h.Schema is < FloatHistogram.MinSchema or > FloatHistogram.MaxSchema)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"histogram has an invalid schema, which must be between {FloatHistogram.MinSchema} and {FloatHistogram.MaxSchema} for exponential buckets, "
                + $"or {FloatHistogram.CustomBucketsSchema} for custom buckets, got schema {h.Schema}");
        }

        string? error = Prefixed("positive side: ", CheckSpans(h.PositiveSpans, h.PositiveBuckets.Length, isFirstChecked: false))
            ?? Prefixed("negative side: ", CheckSpans(h.NegativeSpans, h.NegativeBuckets.Length, isFirstChecked: false))
            ?? Prefixed("negative side: ", CheckCounts(h.NegativeBuckets));
        if (error is not null)
        {
            return error;
        }

        if (h.ZeroCount < 0)
        {
            return $"zero bucket has observation count of {Number(h.ZeroCount)}: {NegativeBucketCount}";
        }

        return h.CustomValues.Length > 0 ? "histogram with exponential schema must not have custom bounds" : null;
    }

    private static string? CheckBounds(ImmutableArray<double> bounds)
    {
        double previous = double.NegativeInfinity;
        for (int i = 0; i < bounds.Length; i++)
        {
            if (double.IsNaN(bounds[i]))
            {
                return "histogram custom bounds must not be NaN";
            }

            if (i > 0 && bounds[i] <= previous)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"previous bound is {previous:F6} and current is {bounds[i]:F6}: histogram custom bounds must be in strictly increasing order");
            }

            previous = bounds[i];
        }

        return double.IsPositiveInfinity(previous) ? "last +Inf bound must not be explicitly defined: histogram custom bounds must be finite" : null;
    }

    private static string? CheckSpans(ImmutableArray<BucketSpan> spans, int buckets, bool isFirstChecked)
    {
        long needed = 0;
        long end = 0;
        for (int i = 0; i < spans.Length; i++)
        {
            if ((i > 0 || isFirstChecked) && spans[i].Offset < 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"span number {i + 1} with offset {spans[i].Offset}: histogram has a span whose offset is negative");
            }

            if (spans[i].Length < 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"span number {i + 1} with length {spans[i].Length}: histogram has a span whose length is negative");
            }

            needed += spans[i].Length;
            end += spans[i].Offset + (long)spans[i].Length;
        }

        if (needed != buckets)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"spans need {needed} buckets, have {buckets} buckets: histogram spans specify different number of buckets than provided");
        }

        if (buckets > MaxBuckets)
        {
            return string.Create(CultureInfo.InvariantCulture, $"histogram has {buckets} buckets, more than {MaxBuckets}");
        }

        return end is > int.MaxValue / 2 or < int.MinValue / 2
            ? string.Create(CultureInfo.InvariantCulture, $"histogram has a bucket of index {end}, which is out of range")
            : null;
    }

    private static string? CheckCover(FloatHistogram h)
    {
        long covered = 0;
        foreach (BucketSpan span in h.PositiveSpans)
        {
            covered += span.Offset + (long)span.Length;
        }

        return h.CustomValues.Length + 1 < covered
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"only {h.CustomValues.Length} custom bounds defined which is insufficient to cover total span length of {covered}: histogram custom bounds are too few")
            : null;
    }

    private static string? CheckCounts(ImmutableArray<double> counts)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"bucket number {i + 1} has observation count of {Number(counts[i])}: {NegativeBucketCount}");
            }
        }

        return null;
    }

    private static string? Prefixed(string prefix, string? error) => error is null ? null : prefix + error;

    private static string Number(double value) => FloatWriter.ToGeneralString(value);
}
