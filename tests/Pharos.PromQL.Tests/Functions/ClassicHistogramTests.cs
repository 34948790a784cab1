using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public class ClassicHistogramTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 1.5)]
    [InlineData(1, 2)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(2, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Quantiles_lie_on_the_line_within_their_bucket(double q, double expected) =>
        Assert.Equal(expected, ClassicHistogram.Quantile(q, [new(1, 2), new(2, 4), new(double.PositiveInfinity, 4)], out _));

    [Fact]
    public void Without_a_last_bucket_that_takes_all_there_is_no_quantile() =>
        Assert.Equal(double.NaN, ClassicHistogram.Quantile(0.5, [new(1, 2), new(2, 4)], out _));

    [Fact]
    public void A_fall_of_counts_is_raised_and_told()
    {
        double quantile = ClassicHistogram.Quantile(0.5, [new(1, 4), new(2, 2), new(3, 4), new(double.PositiveInfinity, 8)], out BucketRepair repair);

        Assert.Equal(1, quantile);
        Assert.Equal(new BucketRepair(true, 2, 2, 2), repair);
    }

    [Fact]
    public void A_fall_within_rounding_is_raised_in_silence()
    {
        ClassicHistogram.Quantile(0.5, [new(1, 4), new(2, 4 - 1e-13), new(double.PositiveInfinity, 8)], out BucketRepair repair);

        Assert.False(repair.Forced);
    }

    [Theory]
    [InlineData(0, 1, 0.5)]
    [InlineData(0.5, 1.5, 0.5)]
    [InlineData(2, 1, 0)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 1)]
    [InlineData(double.NaN, 1, double.NaN)]
    public void Fractions_count_what_lies_between(double lower, double upper, double expected) =>
        Assert.Equal(expected, ClassicHistogram.Fraction(lower, upper, [new(1, 2), new(2, 4), new(double.PositiveInfinity, 4)]));
}
