using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public sealed class NativeHistogramExtendedRateTests
{
    private static readonly HistogramSeries Rising = new(Of(10), Of(20), Of(30), Of(40));

    [Fact]
    public void An_anchored_increase_is_from_the_last_sample_before_the_range_to_the_last_within()
    {
        Assert.Equal(30, Compute(Rising, 15, 45, isCounter: true, isSmoothed: false).Result!.Count);
        Assert.Equal(30, Compute(Rising, 10, 40, isCounter: true, isSmoothed: false).Result!.Count);
        Assert.Null(Compute(Rising, 40, 50, isCounter: true, isSmoothed: false).Result);
    }

    [Fact]
    public void A_smoothed_increase_is_between_interpolated_ends()
    {
        (FloatHistogram? increase, HistogramNotices notices) = Compute(Rising, 15, 35, isCounter: true, isSmoothed: true);
        Assert.Equal((20, CounterResetHint.Gauge, HistogramNotices.None), (increase!.Count, increase.CounterResetHint, notices));
        Assert.Equal(10, Compute(Rising, 2, 20, isCounter: true, isSmoothed: true).Result!.Count);
        Assert.Null(Compute(Rising, 2, 5, isCounter: true, isSmoothed: true).Result);
    }

    [Fact]
    public void What_resets_took_away_is_added_again()
    {
        var series = new HistogramSeries(Of(10), Of(20), Of(4), Of(6), Of(1));
        Assert.Equal(10 + 4 + 2 + 1, Compute(series, 10, 50, isCounter: true, isSmoothed: false).Result!.Count);
        Assert.Equal(10 + 4 + 2 + 1, Compute(series, 10, 50, isCounter: true, isSmoothed: true).Result!.Count);
        Assert.Equal(2 + 2 + 1, Compute(series, 25, 50, isCounter: true, isSmoothed: true).Result!.Count);
        Assert.Equal(5 + 2, Compute(series, 15, 25, isCounter: true, isSmoothed: true).Result!.Count);
    }

    [Fact]
    public void Hints_are_believed_and_a_sample_with_a_hint_counts_as_one_reset()
    {
        var series = new HistogramSeries(Of(10), Of(20, CounterResetHint.Reset), Of(30, CounterResetHint.NotReset));
        Assert.Equal(30, Compute(series, 10, 30, isCounter: true, isSmoothed: false).Result!.Count);
    }

    [Fact]
    public void A_delta_knows_no_resets_and_wants_gauges()
    {
        var series = new HistogramSeries(Of(10), Of(4));
        Assert.Equal(HistogramNotices.NotGauge, Compute(series, 10, 20, isCounter: false, isSmoothed: false).Notices);
        Assert.Equal(-6, Compute(series, 10, 20, isCounter: false, isSmoothed: false).Result!.Count);
        series = new HistogramSeries(Of(10, CounterResetHint.Gauge), Of(20));
        Assert.Equal(HistogramNotices.NotCounter, Compute(series, 10, 20, isCounter: true, isSmoothed: false).Notices);
    }

    [Fact]
    public void What_does_not_go_together_has_no_result()
    {
        FloatHistogram custom = HistogramSeries.Custom([1], 10, 20);
        Assert.Equal((null, HistogramNotices.MixedSchemas), Compute(new HistogramSeries(Of(1), custom), 0, 20, true, true));
        Assert.Equal((null, HistogramNotices.MixedFloatsAndHistograms), Compute(new HistogramSeries(Of(1), null), 0, 20, true, true));
        FloatHistogram other = HistogramSeries.Custom([1, 2], 20, 20, 20);
        (FloatHistogram? increase, HistogramNotices notices) = Compute(new HistogramSeries(custom, other), 10, 20, true, false);
        Assert.Equal((30, HistogramNotices.BoundsReconciledInSubtraction), (increase!.Count, notices));
    }

    private static FloatHistogram Of(double count, CounterResetHint hint = CounterResetHint.Unknown) => HistogramSeries.Of(count, 0, hint);

    private static (FloatHistogram? Result, HistogramNotices Notices) Compute(HistogramSeries series, long start, long end, bool isCounter, bool isSmoothed)
    {
        HistogramNotices notices = HistogramNotices.None;
        FloatHistogram? result = new NativeHistogramExtendedRate(isCounter, isRate: false, isSmoothed).Compute(series.Window(start, end), ref notices);
        FloatHistogram? rate = new NativeHistogramExtendedRate(isCounter, isRate: true, isSmoothed).Compute(series.Window(start, end), ref notices);
        Assert.Equal(result?.Count / (end - start), rate?.Count);
        return (result, notices);
    }
}
