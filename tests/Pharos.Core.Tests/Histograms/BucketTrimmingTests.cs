using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class BucketTrimmingTests
{
    // Buckets end at 1, 2, 4 and 8.
    private static readonly FloatHistogram Exponential = new()
    {
        Count = 30,
        Sum = 100,
        PositiveSpans = [new(0, 4)],
        PositiveBuckets = [5, 5, 10, 10],
    };

    private static readonly FloatHistogram Custom = new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        Count = 10,
        Sum = 25,
        CustomValues = [2, 4],
        PositiveSpans = [new(0, 3)],
        PositiveBuckets = [4, 4, 2],
    };

    [Fact]
    public void What_is_not_cut_stays_the_same_histogram()
    {
        Assert.Same(Exponential, Exponential.TrimUpper(8));
        Assert.Same(Exponential, Exponential.TrimLower(0.5));
        Assert.Same(Exponential, Exponential.TrimUpper(double.PositiveInfinity));
        Assert.Same(Custom, Custom.TrimLower(double.NegativeInfinity));
    }

    [Fact]
    public void A_bound_cuts_between_buckets_and_the_sum_is_estimated()
    {
        FloatHistogram below = Exponential.TrimUpper(2);
        Assert.Equal((10, 2), (below.Count, below.PositiveBuckets.Length));
        Assert.Equal(5 * (Math.Sqrt(0.5) + Math.Sqrt(2)), below.Sum, 1e-12);
        Assert.Equal([new BucketSpan(0, 2)], below.PositiveSpans.ToArray());
        FloatHistogram above = Exponential.TrimLower(4);
        Assert.Equal([new BucketSpan(3, 1)], above.PositiveSpans.ToArray());
        Assert.Equal((10, 10 * Math.Sqrt(32)), (above.Count, above.Sum));
    }

    [Fact]
    public void A_value_within_a_bucket_splits_it_by_logarithm_and_custom_ones_evenly()
    {
        Assert.Equal(15, Exponential.TrimUpper(Math.Sqrt(8)).Count, 1e-9);
        Assert.Equal(15, Exponential.TrimLower(Math.Sqrt(8)).Count, 1e-9);
        Assert.Equal("{count:6, sum:9, [-Inf,2]:4, (2,4]:2}", Custom.TrimUpper(3).ToText());
        Assert.Equal("{count:4, sum:15, (2,4]:2, (4,+Inf]:2}", Custom.TrimLower(3).ToText());
    }

    [Fact]
    public void The_first_custom_bucket_begins_at_0_if_its_bound_is_positive_and_the_last_is_all_above()
    {
        Assert.Equal("{count:1, sum:0.25, [-Inf,2]:1}", Custom.TrimUpper(0.5).ToText());
        Assert.Equal("{count:9, sum:23.75, [-Inf,2]:3, (2,4]:4, (4,+Inf]:2}", Custom.TrimLower(0.5).ToText());
        Assert.Equal("{count:8, sum:16, [-Inf,2]:4, (2,4]:4}", Custom.TrimUpper(99).ToText());
        Assert.Equal("{count:2, sum:198, (4,+Inf]:2}", Custom.TrimLower(99).ToText());
    }

    [Fact]
    public void A_first_custom_bucket_with_a_bound_that_is_not_positive_cannot_be_split()
    {
        var histogram = new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = 3,
            CustomValues = [-1],
            PositiveSpans = [new(0, 2)],
            PositiveBuckets = [2, 1],
        };
        Assert.Equal("{count:2, sum:-10, [-Inf,-1]:2}", histogram.TrimUpper(-5).ToText());
        Assert.Equal("{count:1, sum:-1, (-1,+Inf]:1}", histogram.TrimLower(-5).ToText());
    }

    [Theory]
    [InlineData(false, false, 0.5, true, 3)]
    [InlineData(false, false, 0.5, false, 1)]
    [InlineData(true, false, 0.5, true, 2)]
    [InlineData(false, true, -0.5, true, 2)]
    [InlineData(false, false, 2, true, 4)]
    [InlineData(false, false, 2, false, 0)]
    [InlineData(false, false, -2, true, 0)]
    [InlineData(false, false, -2, false, 4)]
    public void The_zero_bucket_is_spread_evenly_over_the_side_that_has_buckets(bool hasPositive, bool hasNegative, double at, bool isUpper, double expected)
    {
        var histogram = new FloatHistogram
        {
            ZeroThreshold = 1,
            ZeroCount = 4,
            Count = 4,
            PositiveSpans = hasPositive ? [new(9, 1)] : [],
            PositiveBuckets = hasPositive ? [1] : [],
            NegativeSpans = hasNegative ? [new(9, 1)] : [],
            NegativeBuckets = hasNegative ? [1] : [],
        };
        Assert.Equal(expected, (isUpper ? histogram.TrimUpper(at) : histogram.TrimLower(at)).ZeroCount);
    }

    [Fact]
    public void Negative_buckets_are_mirrored()
    {
        var histogram = new FloatHistogram { Count = 8, NegativeSpans = [new(1, 2)], NegativeBuckets = [4, 4] };
        Assert.Equal((4, -4 * Math.Sqrt(8)), (histogram.TrimUpper(-2).Count, histogram.TrimUpper(-2).Sum));
        Assert.Equal(6, histogram.TrimLower(-Math.Sqrt(8)).Count, 1e-9);
    }
}
