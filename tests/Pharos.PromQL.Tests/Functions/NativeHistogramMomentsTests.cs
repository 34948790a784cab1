using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public sealed class NativeHistogramMomentsTests
{
    [Fact]
    public void Observations_stand_in_the_middles_of_their_buckets()
    {
        FloatHistogram histogram = new()
        {
            Count = 7,
            Sum = 3.5,
            ZeroThreshold = 0.25,
            ZeroCount = 1,
            PositiveSpans = [new(1, 2)],
            PositiveBuckets = [2, 0],
            NegativeSpans = [new(2, 1)],
            NegativeBuckets = [4],
        };
        double positive = Math.Sqrt(2) - 0.5;
        double negative = -Math.Sqrt(8) - 0.5;
        double expected = (0.25 + (2 * positive * positive) + (4 * negative * negative)) / 7;
        Assert.Equal(0.5, NativeHistogramMoments.Mean(histogram));
        Assert.Equal(expected, NativeHistogramMoments.Variance(histogram), 1e-12);
        Assert.Equal(Math.Sqrt(expected), NativeHistogramMoments.StandardDeviation(histogram), 1e-12);
    }

    [Fact]
    public void Custom_buckets_have_arithmetic_middles_and_none_without_an_end()
    {
        FloatHistogram histogram = HistogramSeries.Custom([1, 3, 5], 0, 2, 2);
        Assert.Equal(10, NativeHistogramMoments.Variance(histogram));
        Assert.Equal(double.PositiveInfinity, NativeHistogramMoments.Variance(HistogramSeries.Custom([1], 0, 1)));
    }

    [Fact]
    public void Nothing_has_no_mean() => Assert.Equal(double.NaN, NativeHistogramMoments.Variance(new FloatHistogram()));
}
