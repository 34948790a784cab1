using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class ClassicBucketsTests
{
    [Fact]
    public void Cumulative_buckets_become_custom_ones()
    {
        FloatHistogram native = Of((1, 2), (2, 2), (5, 3), (double.PositiveInfinity, 7))!;
        Assert.Equal("{count:7, sum:0, [-Inf,1]:2, (2,5]:1, (5,+Inf]:4}", native.ToText());
        Assert.Equal([1, 2, 5], native.CustomValues.ToArray());
        Assert.Null(native.Validate());
    }

    [Fact]
    public void A_short_run_of_empty_buckets_stays_where_counts_are_whole_and_not_where_they_are_not()
    {
        Assert.Equal([new BucketSpan(0, 4)], Of((1, 1), (2, 1), (3, 1), (double.PositiveInfinity, 2))!.PositiveSpans.ToArray());
        Assert.Equal([new BucketSpan(0, 1), new BucketSpan(2, 1)], Of((1, 1.5), (2, 1.5), (3, 1.5), (double.PositiveInfinity, 2))!.PositiveSpans.ToArray());
        Assert.Equal([new BucketSpan(0, 1), new BucketSpan(3, 1)], Of((1, 1), (2, 1), (3, 1), (4, 1), (double.PositiveInfinity, 2))!.PositiveSpans.ToArray());
    }

    [Fact]
    public void Series_that_do_not_agree_make_nothing()
    {
        Assert.Null(Of((1, 2), (2, 1)));
        Assert.Null(Of((1, -2)));
        Assert.Null(Of((double.NaN, 2)));
        Assert.Null(new ClassicBuckets().ToNative());
        var buckets = new ClassicBuckets();
        buckets.AddBucket(double.PositiveInfinity, 4);
        buckets.SetCount(5);
        Assert.Null(buckets.ToNative());
    }

    [Fact]
    public void A_count_alone_is_a_histogram_of_one_bucket()
    {
        var buckets = new ClassicBuckets();
        buckets.SetCount(5);
        buckets.SetSum(10);
        Assert.Equal("{count:5, sum:10, [-Inf,+Inf]:5}", buckets.ToNative()!.ToText());
    }

    private static FloatHistogram? Of(params (double Bound, double Count)[] cumulative)
    {
        var buckets = new ClassicBuckets();
        foreach ((double bound, double count) in cumulative)
        {
            buckets.AddBucket(bound, count);
        }

        return buckets.ToNative();
    }
}
