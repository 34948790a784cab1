using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class BucketBoundsTests
{
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(1, 0, 2.0)]
    [InlineData(-1, 0, 0.5)]
    [InlineData(511, -1, 4.49423283715579e+307)]
    [InlineData(1, -4, 65536.0)]
    [InlineData(1, 1, 1.414213562373095)]
    [InlineData(1, 3, 1.0905077326652577)]
    [InlineData(-3, 2, 0.5946035575013605)]
    [InlineData(1024, 0, double.MaxValue)]
    [InlineData(1025, 0, double.PositiveInfinity)]
    [InlineData(512, -1, double.MaxValue)]
    [InlineData(64, -4, double.MaxValue)]
    [InlineData(1024 << 8, 8, double.MaxValue)]
    [InlineData(int.MaxValue, 0, double.PositiveInfinity)]
    [InlineData(int.MinValue + 1, -4, 0.0)]
    [InlineData(int.MinValue + 1, 8, 0.0)]
    public void Exponential_bounds_are_those_of_clients_in_every_bit(int index, int schema, double expected)
        => Assert.Equal(expected, BucketBounds.Exponential(index, schema));

    [Fact]
    public void Every_other_bound_of_a_schema_is_a_bound_of_the_coarser_one()
    {
        for (int schema = FloatHistogram.MinSchema + 1; schema <= FloatHistogram.MaxSchema; schema++)
        {
            for (int index = -50; index < 50; index++)
            {
                Assert.Equal(BucketBounds.Exponential(index, schema - 1), BucketBounds.Exponential(index * 2, schema));
                Assert.Equal(Math.Pow(2, Math.ScaleB(index, -schema)), BucketBounds.Exponential(index, schema), BucketBounds.Exponential(index, schema) * 1e-15);
            }
        }
    }

    [Theory]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(0, 1.0)]
    [InlineData(1, 2.5)]
    [InlineData(2, double.PositiveInfinity)]
    [InlineData(9, double.PositiveInfinity)]
    public void Custom_bounds_are_as_given_and_infinite_beyond(int index, double expected) =>
        Assert.Equal(expected, BucketBounds.Upper(index, FloatHistogram.CustomBucketsSchema, [1, 2.5]));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(0, 1, 0)]
    [InlineData(-1, 1, 0)]
    [InlineData(-2, 1, -1)]
    [InlineData(5, 2, 2)]
    public void A_coarser_bucket_holds_those_that_end_within_it(int index, int shift, int expected) => Assert.Equal(expected, BucketBounds.Coarser(index, shift));

    [Fact]
    public void A_schema_far_out_of_range_leaves_one_bucket_on_each_side_of_1()
    {
        Assert.Equal(31, BucketBounds.Shift(int.MaxValue, -int.MaxValue));
        Assert.Equal((1, 0), (BucketBounds.Coarser(1000, 31), BucketBounds.Coarser(-1000, 31)));
        Assert.Equal(double.PositiveInfinity, BucketBounds.Exponential(1, -int.MaxValue));
        Assert.Equal(1, BucketBounds.Exponential(1000, int.MaxValue));
    }
}
