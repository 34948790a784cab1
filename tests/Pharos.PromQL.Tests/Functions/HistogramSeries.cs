using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

/// <summary>Samples of a series of histograms, one every ten seconds unless told otherwise, and windows over them.</summary>
internal sealed class HistogramSeries
{
    private readonly byte[] _resets;

    public HistogramSeries(params FloatHistogram?[] histograms)
    {
        Histograms = histograms;
        Timestamps = [.. Enumerable.Range(1, histograms.Length).Select(static i => i * 10_000L)];
        _resets = new byte[histograms.Length];
    }

    public FloatHistogram?[] Histograms { get; }

    public long[] Timestamps { get; init; }

    public long[] StartTimestamps { get; init; } = [];

    /// <summary>The window of all samples for a range in seconds; remembers resets between calls.</summary>
    public HistogramWindow Window(long start, long end) => new()
    {
        Timestamps = Timestamps,
        Histograms = Histograms,
        StartTimestamps = StartTimestamps,
        Resets = _resets,
        RangeStart = start * 1000,
        RangeEnd = end * 1000,
    };

    /// <summary>A counter of schema 0 with so many observations in (1, 2] and (2, 4].</summary>
    public static FloatHistogram Of(double low, double high, CounterResetHint hint = CounterResetHint.Unknown) => new()
    {
        Count = low + high,
        Sum = (1.5 * low) + (3 * high),
        CounterResetHint = hint,
        PositiveSpans = [new(1, 2)],
        PositiveBuckets = [low, high],
    };

    public static FloatHistogram Custom(double[] bounds, params double[] counts) => new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        Count = counts.Sum(),
        CustomValues = [.. bounds],
        PositiveSpans = [new(0, counts.Length)],
        PositiveBuckets = [.. counts],
    };
}
