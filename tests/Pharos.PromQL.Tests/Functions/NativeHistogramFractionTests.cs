using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public sealed class NativeHistogramFractionTests
{
    private static readonly FloatHistogram Positive = new() { Count = 12, Sum = 100, ZeroThreshold = 0.001, ZeroCount = 2, PositiveSpans = [new(0, 2), new(1, 2)], PositiveBuckets = [2, 3, 1, 4] };

    [Theory]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(double.NaN, 2, double.NaN)]
    [InlineData(2, double.NaN, double.NaN)]
    [InlineData(0, 0.0005, 1.0 / 12)]
    [InlineData(-0.001, 0.001, 2.0 / 12)]
    [InlineData(1, 2, 3.0 / 12)]
    [InlineData(1.4142135623730951, 2, 1.5 / 12)]
    [InlineData(2.5, 3.5, 0)]
    [InlineData(16, double.PositiveInfinity, 0)]
    [InlineData(-5, -1, 0)]
    public void Exponential_buckets(double lower, double upper, double expected) => Assert.Equal(expected, Of(lower, upper, Positive), 1e-12);

    [Fact]
    public void Negative_buckets_are_mirrored()
    {
        FloatHistogram negative = new() { Count = 4, ZeroThreshold = 1, ZeroCount = 2, NegativeSpans = [new(1, 1)], NegativeBuckets = [2] };
        Assert.Equal(0.25, Of(-Math.Sqrt(2), -1, negative), 1e-12);
        Assert.Equal(0.25, Of(-0.5, 0, negative), 1e-12);
        Assert.Equal(0.5, Of(-1, 5, negative));
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 2, 0.4)]
    [InlineData(2, 4, 0.4)]
    [InlineData(3, 4, 0.2)]
    [InlineData(4, double.PositiveInfinity, 0.2)]
    [InlineData(1, 4, 0.6)]
    [InlineData(5, double.PositiveInfinity, 0.2)]
    public void Custom_buckets_are_cut_evenly_but_for_those_without_an_end(double lower, double upper, double expected) =>
        Assert.Equal(expected, Of(lower, upper, HistogramSeries.Custom([2, 4], 4, 4, 2)), 1e-12);

    [Fact]
    public void A_first_custom_bucket_without_a_natural_end_is_taken_whole() => Assert.Equal(0.4, Of(double.NegativeInfinity, -3, HistogramSeries.Custom([-2, 4], 4, 4, 2)));

    [Fact]
    public void Observations_of_NaN_are_in_no_fraction()
    {
        FloatHistogram histogram = new() { Count = 10, Sum = double.NaN, PositiveSpans = [new(1, 2)], PositiveBuckets = [4, 4] };
        HistogramNotices notices = HistogramNotices.None;
        Assert.Equal(0.8, NativeHistogramFraction.Compute(double.NegativeInfinity, double.PositiveInfinity, histogram, ref notices), 1e-12);
        Assert.Equal(HistogramNotices.FractionWithoutNaN, notices);
    }

    [Fact]
    public void Nothing_has_no_fraction() => Assert.Equal(double.NaN, Of(0, 1, new FloatHistogram()));

    private static double Of(double lower, double upper, FloatHistogram histogram)
    {
        HistogramNotices notices = HistogramNotices.None;
        double fraction = NativeHistogramFraction.Compute(lower, upper, histogram, ref notices);
        Assert.Equal(HistogramNotices.None, notices);
        return fraction;
    }
}
