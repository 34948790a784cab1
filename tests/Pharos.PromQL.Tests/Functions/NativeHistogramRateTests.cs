using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public sealed class NativeHistogramRateTests
{
    [Fact]
    public void An_increase_is_extrapolated_to_the_ends_of_the_range_and_a_rate_is_by_the_second()
    {
        var series = new HistogramSeries(Of(10, 20), Of(12, 21), Of(14, 24));
        (FloatHistogram? increase, HistogramNotices notices) = Compute(series, 0, 30, isCounter: true, isRate: false);
        Assert.Equal([4 * 1.5, 4 * 1.5], increase!.PositiveBuckets.ToArray());
        Assert.Equal((12, CounterResetHint.Gauge, HistogramNotices.None), (increase.Count, increase.CounterResetHint, notices));
        FloatHistogram rate = Compute(series, 0, 30, isCounter: true, isRate: true).Result!;
        Assert.Equal(0.4, rate.Count, 1e-12);
    }

    [Fact]
    public void Far_ends_of_the_range_are_reached_half_way_to_the_next_sample()
    {
        var series = new HistogramSeries(Of(100, 0), Of(110, 0), Of(120, 0));
        Assert.Equal(20 * 30.0 / 20, Compute(series, -100, 100, isCounter: true, isRate: false).Result!.Count, 1e-12);
    }

    [Fact]
    public void A_counter_is_extrapolated_no_farther_than_to_where_it_was_0()
    {
        var series = new HistogramSeries(Of(2, 0), Of(12, 0), Of(22, 0));
        Assert.Equal(22, Compute(series, 0, 30, isCounter: true, isRate: false).Result!.Count, 1e-12);
    }

    [Fact]
    public void What_a_reset_took_away_is_added_again()
    {
        var series = new HistogramSeries(Of(1000, 0), Of(1010, 0), Of(2, 3), Of(4, 3));
        FloatHistogram increase = Compute(series, 10, 40, isCounter: true, isRate: false).Result!;
        Assert.Equal((17, 14, 3), (increase.Count, increase.PositiveBuckets[0], increase.PositiveBuckets[1]));
        Assert.Equal(17, Compute(series, 10, 40, isCounter: true, isRate: false).Result!.Count);
    }

    [Fact]
    public void Before_a_reset_at_the_second_sample_the_layout_does_not_matter()
    {
        var series = new HistogramSeries(Custom([1], 1000, 5), Of(1, 1), Of(2, 2));
        (FloatHistogram? increase, HistogramNotices notices) = Compute(series, 10, 30, isCounter: true, isRate: false);
        Assert.Equal((4, HistogramNotices.None), (increase!.Count, notices));
    }

    [Fact]
    public void A_delta_is_of_gauges_and_knows_no_resets()
    {
        FloatHistogram first = Of(10, 5, CounterResetHint.Gauge);
        FloatHistogram last = Of(4, 5, CounterResetHint.Gauge);
        (FloatHistogram? delta, HistogramNotices notices) = Compute(new HistogramSeries(first, last), 10, 20, isCounter: false, isRate: false);
        Assert.Equal((HistogramNotices.None, -6), (notices, delta!.Count));
        Assert.Equal([new BucketSpan(1, 1)], delta.PositiveSpans.ToArray());
        notices = Compute(new HistogramSeries(first, Of(4, 5)), 10, 20, isCounter: false, isRate: false).Notices;
        Assert.Equal(HistogramNotices.NotGauge, notices);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_rate_of_a_gauge_is_told_of(int gauge)
    {
        FloatHistogram[] all = [Of(1, 1), Of(2, 2), Of(3, 3)];
        all[gauge] = all[gauge].WithHint(CounterResetHint.Gauge);
        (FloatHistogram? increase, HistogramNotices notices) = Compute(new HistogramSeries(all), 10, 30, isCounter: true, isRate: false);
        Assert.Equal((4, HistogramNotices.NotCounter), (increase!.Count, notices));
    }

    [Fact]
    public void What_does_not_go_together_has_no_result()
    {
        Assert.Equal((null, HistogramNotices.MixedFloatsAndHistograms), Compute(new HistogramSeries(Of(1, 1), null, Of(2, 2)), 0, 30, true, true));
        FloatHistogram custom = Custom([1], 1, 9).WithHint(CounterResetHint.NotReset);
        FloatHistogram counter = Of(20, 20).WithHint(CounterResetHint.NotReset);
        Assert.Equal((null, HistogramNotices.MixedSchemas), Compute(new HistogramSeries(Of(1, 1), custom), 0, 30, true, true));
        Assert.Equal((null, HistogramNotices.MixedSchemas), Compute(new HistogramSeries(Of(1, 1), custom, counter), 0, 30, true, true));
    }

    [Fact]
    public void Custom_bounds_meet_where_both_have_one_and_this_is_told()
    {
        var series = new HistogramSeries(Custom([1, 2], 1, 1, 1), Custom([2], 5, 6));
        (FloatHistogram? increase, HistogramNotices notices) = Compute(series, 10, 20, isCounter: true, isRate: false);
        Assert.Equal("{count:8, sum:0, [-Inf,2]:3, (2,+Inf]:5}", increase!.ToText());
        Assert.Equal(HistogramNotices.BoundsReconciledInSubtraction, notices);
        series = new HistogramSeries(Custom([1, 2], 1, 1, 1), Custom([1, 2], 2, 2, 2), Custom([2], 1, 1));
        (increase, notices) = Compute(series, 10, 30, isCounter: true, isRate: false);
        Assert.Equal((5, HistogramNotices.BoundsReconciledInSubtraction | HistogramNotices.BoundsReconciledInAddition), (increase!.Count, notices));
    }

    [Fact]
    public void The_coarsest_schema_of_a_counter_wins()
    {
        FloatHistogram fine = Of(10, 10);
        var series = new HistogramSeries(fine, fine.Multiply(2).ReduceResolution(-1), fine.Multiply(3).WithHint(CounterResetHint.NotReset));
        FloatHistogram increase = Compute(series, 10, 30, isCounter: true, isRate: false).Result!;
        Assert.Equal("{count:40, sum:90, (1,4]:40}", increase.ToText());
    }

    [Fact]
    public void One_sample_has_no_rate_unless_its_start_is_within_the_range()
    {
        Assert.Null(Compute(new HistogramSeries(Of(1, 1)), 0, 30, isCounter: true, isRate: false).Result);
        var series = new HistogramSeries(Of(3, 1)) { StartTimestamps = [5_000] };
        Assert.Equal(4, Compute(series, 0, 10, isCounter: true, isRate: false).Result!.Count);
        Assert.Null(Compute(series, 5, 10, isCounter: true, isRate: false).Result);
        Assert.Null(Compute(series, 0, 10, isCounter: false, isRate: false).Result);
    }

    [Fact]
    public void Start_timestamps_tell_of_resets_that_counts_do_not_show()
    {
        var series = new HistogramSeries(Of(1, 1), Of(5, 5), Of(6, 6)) { StartTimestamps = [1_000, 15_000, 15_000] };
        Assert.Equal(12 + 2, Compute(series, 0, 30, isCounter: true, isRate: false).Result!.Count, 1e-9);
        series = new HistogramSeries(Of(1, 1), Of(5, 5)) { StartTimestamps = [1_000, 2_000] };
        Assert.Equal(HistogramNotices.StartTimeOverlap, Compute(series, 5, 20, isCounter: true, isRate: false).Notices);
    }

    private static FloatHistogram Of(double low, double high, CounterResetHint hint = CounterResetHint.Unknown) => HistogramSeries.Of(low, high, hint);

    private static FloatHistogram Custom(double[] bounds, params double[] counts) => HistogramSeries.Custom(bounds, counts);

    private static (FloatHistogram? Result, HistogramNotices Notices) Compute(HistogramSeries series, long start, long end, bool isCounter, bool isRate)
    {
        HistogramNotices notices = HistogramNotices.None;
        FloatHistogram? result = new NativeHistogramRate(isCounter, isRate).Compute(series.Window(start, end), ref notices);
        return (result, notices);
    }
}
