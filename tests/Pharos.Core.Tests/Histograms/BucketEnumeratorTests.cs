using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class BucketEnumeratorTests
{
    private static readonly FloatHistogram BothSides = new()
    {
        ZeroThreshold = 0.75,
        ZeroCount = 7,
        PositiveSpans = [new(0, 2), new(1, 0), new(1, 1)],
        PositiveBuckets = [1, 2, 3],
        NegativeSpans = [new(0, 1), new(1, 1)],
        NegativeBuckets = [4, 5],
    };

    [Fact]
    public void Buckets_go_from_the_lowest_to_the_highest_and_are_cut_at_the_zero_bucket()
    {
        string[] buckets = [.. Texts(BothSides.Buckets())];
        Assert.Equal(["[-4,-2):5", "[-1,-0.75):4", "[-0.75,0.75]:7", "(0.75,1]:1", "(1,2]:2", "(8,16]:3"], buckets);
        Assert.Equal(Enumerable.Reverse(buckets), Texts(BothSides.BucketsDescending()));
    }

    [Fact]
    public void The_text_shows_bounds_as_they_are() =>
        Assert.Equal("{count:0, sum:0, [-4,-2):5, [-1,-0.5):4, [-0.75,0.75]:7, (0.5,1]:1, (1,2]:2, (8,16]:3}", BothSides.ToText());

    [Fact]
    public void Custom_buckets_reach_from_minus_infinity_to_infinity()
    {
        var histogram = new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = 3493.3,
            Sum = 2349209.324,
            PositiveSpans = [new(0, 1), new(2, 4)],
            PositiveBuckets = [1, 3.3, 4.2, 0.1, 5],
            CustomValues = [1, 2, 5, 10, 15, 20],
        };
        Assert.Equal(["[-Inf,1]:1", "(5,10]:3.3", "(10,15]:4.2", "(15,20]:0.1", "(20,+Inf]:5"], Texts(histogram.Buckets()));
        Assert.Equal("{count:3493.3, sum:2.349209324e+06, [-Inf,1]:1, (5,10]:3.3, (10,15]:4.2, (15,20]:0.1, (20,+Inf]:5}", histogram.ToText());
    }

    [Fact]
    public void Empty_buckets_are_there_and_an_empty_zero_bucket_is_not()
    {
        var histogram = new FloatHistogram { PositiveSpans = [new(1, 2)], PositiveBuckets = [0, 1] };
        Assert.Equal(["(1,2]:0", "(2,4]:1"], Texts(histogram.Buckets()));
        Assert.Equal("{count:0, sum:0, (2,4]:1}", histogram.ToText());
        Assert.Empty(Texts(new FloatHistogram().Buckets()));
    }

    [Fact]
    public void Spans_that_promise_more_than_there_is_end_the_walk()
    {
        var histogram = new FloatHistogram { PositiveSpans = [new(1, 5)], PositiveBuckets = [1, 2] };
        Assert.Equal(["(1,2]:1", "(2,4]:2"], Texts(histogram.Buckets()));
    }

    [Theory]
    [InlineData(false, true, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, false, 2)]
    [InlineData(true, true, 3)]
    public void Each_kind_of_bounds_has_its_number(bool isLowerInclusive, bool isUpperInclusive, int expected) =>
        Assert.Equal(expected, new HistogramBucket(1, 2, isLowerInclusive, isUpperInclusive, 0).BoundaryRule);

    [Theory]
    [InlineData(1, 3, 2.5, true, 0.75)]
    [InlineData(1, 4, 2, false, 0.5)]
    [InlineData(-4, -1, -2, false, 0.5)]
    [InlineData(-16, -1, -2, false, 0.75)]
    public void A_value_cuts_a_bucket_evenly_or_by_its_logarithm(double lower, double upper, double value, bool isLinear, double expected) =>
        Assert.Equal(expected, new HistogramBucket(lower, upper, false, true, 1).FractionBelow(value, isLinear), 1e-12);

    private static List<string> Texts(BucketEnumerator buckets)
    {
        var texts = new List<string>();
        foreach (HistogramBucket bucket in buckets)
        {
            texts.Add(bucket.ToString());
        }

        return texts;
    }
}
