using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

/// <summary>What is computed of the samples of one window: the last two, all of them, and values between them.</summary>
public sealed class NativeHistogramWindowTests
{
    [Fact]
    public void Irate_is_of_the_last_two_and_knows_resets()
    {
        Assert.Equal(1, InstantDelta(isRate: true, Of(10), Of(20)).Result!.Count);
        Assert.Equal(0.4, InstantDelta(isRate: true, Of(10), Of(4)).Result!.Count);
        Assert.Equal(-6, InstantDelta(isRate: false, Of(10), Of(4)).Result!.Count);
        Assert.Equal(HistogramNotices.NotGauge, InstantDelta(isRate: false, Of(10), Of(4)).Notices);
        Assert.Equal(HistogramNotices.NotCounter, InstantDelta(isRate: true, Of(10).WithHint(CounterResetHint.Gauge), Of(14)).Notices);
        Assert.Equal((null, HistogramNotices.NotGauge | HistogramNotices.MixedSchemas), InstantDelta(isRate: false, HistogramSeries.Custom([1], 1, 1), Of(4)));
    }

    [Fact]
    public void Sums_and_means_are_of_all_of_the_window()
    {
        var overTime = new NativeHistogramsOverTime();
        HistogramWindow window = new HistogramSeries(Of(1), Of(2), Of(6)).Window(0, 30);
        HistogramNotices notices = HistogramNotices.None;
        Assert.Equal(9, overTime.Sum(window, ref notices)!.Count);
        Assert.Equal(3, overTime.Mean(window, ref notices)!.Count);
        Assert.Equal(HistogramNotices.None, notices);
    }

    [Fact]
    public void Sums_and_means_tell_of_what_does_not_go_together()
    {
        var overTime = new NativeHistogramsOverTime();
        (FloatHistogram[] Histograms, HistogramNotices Expected)[] cases =
        [
            ([Of(1), null!], HistogramNotices.MixedFloatsAndHistograms),
            ([Of(1), HistogramSeries.Custom([1], 1, 2)], HistogramNotices.MixedSchemas),
            ([HistogramSeries.Custom([1], 1, 2), HistogramSeries.Custom([2], 1, 2)], HistogramNotices.BoundsReconciledInAggregation),
            ([Of(1).WithHint(CounterResetHint.Reset), Of(1), Of(1).WithHint(CounterResetHint.NotReset)], HistogramNotices.HintsCollidedInAggregation),
        ];
        foreach ((FloatHistogram[] histograms, HistogramNotices expected) in cases)
        {
            HistogramNotices ofSum = HistogramNotices.None;
            HistogramNotices ofMean = HistogramNotices.None;
            bool hasResult = (expected & (HistogramNotices.MixedSchemas | HistogramNotices.MixedFloatsAndHistograms)) == 0;
            Assert.Equal(hasResult, overTime.Sum(new HistogramSeries(histograms).Window(0, 30), ref ofSum) is not null);
            Assert.Equal(hasResult, overTime.Mean(new HistogramSeries(histograms).Window(0, 30), ref ofMean) is not null);
            Assert.Equal((expected, expected), (ofSum, ofMean));
        }
    }

    [Fact]
    public void Resets_and_changes_are_counted_over_floats_and_histograms()
    {
        var series = new HistogramSeries(Of(5), Of(5), Of(6), Of(2), null, null, null, Of(1));
        double[] values = [0, 0, 0, 0, 7, 7, 3, 0];
        Assert.Equal(4, NativeHistogramsOverTime.Resets(series.Window(0, 80), values));
        Assert.Equal(5, NativeHistogramsOverTime.Changes(series.Window(0, 80), values));
        var started = new HistogramSeries(null, null, Of(1), Of(2)) { StartTimestamps = [1_000, 15_000, 15_000, 35_000] };
        Assert.Equal(3, NativeHistogramsOverTime.Resets(started.Window(0, 80), [1, 2, 0, 0]));
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(10, 10.0)]
    [InlineData(15, 15.0)]
    [InlineData(25, 2.0)]
    [InlineData(30, 4.0)]
    [InlineData(35, 4.0)]
    public void A_smoothed_value_is_between_its_neighbours_or_the_last_one(long seconds, double? expected)
    {
        HistogramNotices notices = HistogramNotices.None;
        HistogramWindow window = new HistogramSeries(Of(10), Of(20), Of(4)).Window(0, 40);
        Assert.Equal(expected, NativeHistogramInterpolation.At(window, seconds * 1000, ref notices)?.Count);
        Assert.Equal(HistogramNotices.None, notices);
    }

    [Fact]
    public void Gauges_are_interpolated_downwards_too_and_hints_are_not_carried_on()
    {
        HistogramNotices notices = HistogramNotices.None;
        HistogramWindow gauges = new HistogramSeries(Of(20).WithHint(CounterResetHint.Gauge), Of(4).WithHint(CounterResetHint.Gauge)).Window(0, 40);
        Assert.Equal(12, NativeHistogramInterpolation.At(gauges, 15_000, ref notices)!.Count);
        HistogramWindow counters = new HistogramSeries(Of(20).WithHint(CounterResetHint.NotReset)).Window(0, 40);
        Assert.Equal(CounterResetHint.Unknown, NativeHistogramInterpolation.At(counters, 15_000, ref notices)!.CounterResetHint);
        Assert.Null(NativeHistogramInterpolation.At(new HistogramSeries(Of(1), HistogramSeries.Custom([1], 1, 1)).Window(0, 40), 15_000, ref notices));
        Assert.Null(NativeHistogramInterpolation.At(new HistogramSeries(Of(1), null).Window(0, 40), 15_000, ref notices));
        Assert.Equal(HistogramNotices.MixedSchemas | HistogramNotices.MixedFloatsAndHistograms, notices);
    }

    [Fact]
    public void Operators_give_compact_results_and_tell_what_there_is_to_tell()
    {
        HistogramNotices notices = HistogramNotices.None;
        FloatHistogram left = Of(3).WithHint(CounterResetHint.Reset);
        FloatHistogram right = Of(3).WithHint(CounterResetHint.NotReset);
        Assert.Equal("{count:6, sum:9, (1,2]:6}", NativeHistogramArithmetic.Add(left, right, ref notices)!.ToText());
        FloatHistogram difference = NativeHistogramArithmetic.Subtract(left, right, ref notices)!;
        Assert.Equal((CounterResetHint.Gauge, 0), (difference.CounterResetHint, difference.PositiveSpans.Length));
        Assert.Equal(HistogramNotices.HintsCollidedInAddition | HistogramNotices.HintsCollidedInSubtraction, notices);
        notices = HistogramNotices.None;
        Assert.Null(NativeHistogramArithmetic.Add(left, HistogramSeries.Custom([1], 1, 1), ref notices));
        Assert.Equal(HistogramNotices.MixedSchemas, notices);
        Assert.Equal([9.0], NativeHistogramArithmetic.Multiply(left, 3).PositiveBuckets.ToArray());
        Assert.Equal([1.0], NativeHistogramArithmetic.Divide(left, 3).PositiveBuckets.ToArray());
    }

    [Theory]
    [InlineData(0, 10, 0, 20, false)]
    [InlineData(0, 10, 20, 20, false)]
    [InlineData(0, 10, 25, 20, false)]
    [InlineData(1, 10, 5, 20, false)]
    [InlineData(1, 10, 15, 20, true)]
    [InlineData(1, 10, 10, 20, true)]
    [InlineData(0, 10, 10, 20, false)]
    [InlineData(10, 10, 10, 20, false)]
    [InlineData(12, 10, 10, 20, false)]
    public void A_start_behind_the_sample_before_is_a_reset(long previousStart, long previousTime, long start, long time, bool expected) =>
        Assert.Equal(expected, StartTimes.IsReset(previousStart, previousTime, start, time));

    [Theory]
    [InlineData(1, 10, 1, false)]
    [InlineData(1, 10, 10, false)]
    [InlineData(1, 10, 0, false)]
    [InlineData(1, 10, 5, true)]
    public void A_start_before_the_sample_before_overlaps_unless_it_is_the_same_start(long previousStart, long previousTime, long start, bool expected) =>
        Assert.Equal(expected, StartTimes.Overlaps(previousStart, previousTime, start));

    private static FloatHistogram Of(double count) => HistogramSeries.Of(count, 0);

    private static (FloatHistogram? Result, HistogramNotices Notices) InstantDelta(bool isRate, params FloatHistogram[] histograms)
    {
        HistogramNotices notices = HistogramNotices.None;
        return (NativeHistogramInstantDelta.Compute(new HistogramSeries(histograms).Window(0, 30), isRate, ref notices), notices);
    }
}
