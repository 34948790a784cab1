using FsCheck;
using FsCheck.Fluent;
using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Functions;

public sealed class NativeHistogramQuantileTests
{
    private static readonly FloatHistogram Positive = new() { Count = 12, Sum = 100, ZeroThreshold = 0.001, ZeroCount = 2, PositiveSpans = [new(0, 2), new(1, 2)], PositiveBuckets = [2, 3, 1, 4] };

    [Theory]
    [InlineData(-0.1, double.NegativeInfinity)]
    [InlineData(1.1, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(0.08333333333333333, 0.0005)]
    [InlineData(0.25, 0.7071067811865475)]
    [InlineData(0.5, 1.5874010519681994)]
    [InlineData(0.9, 12.996038)]
    public void Exponential_buckets_are_spread_by_logarithm_and_the_zero_bucket_evenly(double quantile, double expected) =>
        Assert.Equal(expected, Of(quantile, Positive), 1e-5);

    [Fact]
    public void The_zero_bucket_reaches_to_0_only_where_buckets_are_of_one_side()
    {
        FloatHistogram negative = new() { Count = 4, ZeroThreshold = 1, ZeroCount = 2, NegativeSpans = [new(1, 1)], NegativeBuckets = [2] };
        Assert.Equal(-0.5, Of(0.75, negative));
        Assert.Equal(-Math.Sqrt(2), Of(0.25, negative), 1e-12);
        FloatHistogram zero = new() { Count = 2, ZeroThreshold = 1, ZeroCount = 2 };
        Assert.Equal(-0.5, Of(0.25, zero));
    }

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.75, 5)]
    [InlineData(0.9, 5)]
    public void Custom_buckets_are_spread_evenly_from_0_to_the_last_bound(double quantile, double expected) =>
        Assert.Equal(expected, Of(quantile, HistogramSeries.Custom([2, 4, 5], 4, 2, 0, 2)), 1e-12);

    [Fact]
    public void Observations_of_NaN_skew_a_quantile_or_are_it()
    {
        FloatHistogram histogram = new() { Count = 10, Sum = double.NaN, PositiveSpans = [new(1, 1)], PositiveBuckets = [8] };
        HistogramNotices notices = HistogramNotices.None;
        Assert.Equal(Math.Pow(2, 0.5 * 10 / 8), NativeHistogramQuantile.Compute(0.5, histogram, ref notices), 1e-12);
        Assert.Equal(HistogramNotices.QuantileIsSkewed, notices);
        notices = HistogramNotices.None;
        Assert.Equal(double.NaN, NativeHistogramQuantile.Compute(0.9, histogram, ref notices));
        Assert.Equal(HistogramNotices.QuantileIsNaN, notices);
    }

    [Fact]
    public void Nothing_has_no_quantile() => Assert.Equal(double.NaN, Of(0.5, new FloatHistogram()));

    [Fact]
    public void A_first_custom_bucket_that_ends_below_0_and_the_last_one_are_their_bounds()
    {
        FloatHistogram histogram = HistogramSeries.Custom([-1, 1], 5, 0, 5);
        Assert.Equal(-1, Of(0.1, histogram));
        Assert.Equal(1, Of(0.9, histogram));
    }

    [Fact]
    public void Quantiles_rise_and_fractions_are_their_inverse() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static seed =>
    {
        // A zero bucket without width has all its observations at one value, which has no one quantile.
        var random = new RandomHistograms(seed);
        FloatHistogram histogram = seed % 2 == 0 ? random.Custom() : random.Exponential(zeroThreshold: 0.25);
        if (histogram.Count == 0)
        {
            return;
        }

        double before = double.NegativeInfinity;
        for (double quantile = 0; quantile <= 1; quantile += 0.0625)
        {
            double value = Of(quantile, histogram);
            Assert.True(value >= before - 1e-12, $"{value} at {quantile} is below {before}");
            before = value;
            HistogramNotices notices = HistogramNotices.None;
            double fraction = NativeHistogramFraction.Compute(double.NegativeInfinity, value, histogram, ref notices);
            if (!histogram.UsesCustomBuckets)
            {
                Assert.Equal(quantile, fraction, 1e-9);
            }

            Assert.Equal(HistogramNotices.None, notices);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static double Of(double quantile, FloatHistogram histogram)
    {
        HistogramNotices notices = HistogramNotices.None;
        double value = NativeHistogramQuantile.Compute(quantile, histogram, ref notices);
        Assert.Equal(HistogramNotices.None, notices);
        return value;
    }
}
