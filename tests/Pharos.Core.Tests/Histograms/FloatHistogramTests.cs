using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class FloatHistogramTests
{
    [Fact]
    public void Sums_go_bucket_by_bucket_and_join_neighbouring_spans()
    {
        var left = new FloatHistogram { Count = 3, Sum = 4, ZeroCount = 1, PositiveSpans = [new(0, 2), new(2, 1)], PositiveBuckets = [1, 2, 3] };
        var right = new FloatHistogram { Count = 10, Sum = 1, ZeroCount = 2, PositiveSpans = [new(1, 2)], PositiveBuckets = [10, 20] };
        Assert.True(left.TryAdd(right, out FloatHistogram? sum, out _));
        Assert.Equal((13, 5, 3), (sum.Count, sum.Sum, sum.ZeroCount));
        Assert.Equal([new BucketSpan(0, 3), new BucketSpan(1, 1)], sum.PositiveSpans);
        Assert.Equal([1, 12, 20, 3], sum.PositiveBuckets);
    }

    [Fact]
    public void Differences_keep_empty_buckets()
    {
        var left = new FloatHistogram { NegativeSpans = [new(-2, 2)], NegativeBuckets = [1, 2] };
        Assert.True(left.TrySubtract(left, out FloatHistogram? difference, out _));
        Assert.Equal([new BucketSpan(-2, 2)], difference.NegativeSpans);
        Assert.Equal([0, 0], difference.NegativeBuckets);
    }

    [Fact]
    public void The_coarser_schema_wins()
    {
        var fine = new FloatHistogram { Schema = 1, PositiveSpans = [new(1, 4)], PositiveBuckets = [1, 2, 3, 4] };
        var coarse = new FloatHistogram { Schema = 0, PositiveSpans = [new(1, 1)], PositiveBuckets = [10] };
        Assert.True(fine.TryAdd(coarse, out FloatHistogram? sum, out _));
        Assert.Equal(0, sum.Schema);
        Assert.Equal([new BucketSpan(1, 2)], sum.PositiveSpans);
        Assert.Equal([13, 7], sum.PositiveBuckets);
    }

    [Fact]
    public void The_wider_zero_bucket_wins_and_swallows_what_it_reaches()
    {
        // Schema 0: bucket i ends at 2^i. A threshold of 1.5 cuts the populated bucket (1, 2], so the zero bucket goes up to 2.
        var narrow = new FloatHistogram { ZeroCount = 1, PositiveSpans = [new(0, 3)], PositiveBuckets = [2, 3, 4] };
        var wide = new FloatHistogram { ZeroThreshold = 1.5, ZeroCount = 10 };
        Assert.True(narrow.TryAdd(wide, out FloatHistogram? sum, out _));
        Assert.Equal(2, sum.ZeroThreshold);
        Assert.Equal(16, sum.ZeroCount);
        Assert.Equal([new BucketSpan(2, 1)], sum.PositiveSpans);
        Assert.Equal([4], sum.PositiveBuckets);
    }

    [Fact]
    public void Custom_bounds_meet_where_both_have_one()
    {
        var left = new FloatHistogram { Schema = FloatHistogram.CustomBucketsSchema, CustomValues = [1, 2, 5], PositiveSpans = [new(0, 4)], PositiveBuckets = [1, 2, 3, 4] };
        var right = new FloatHistogram { Schema = FloatHistogram.CustomBucketsSchema, CustomValues = [2, 5], PositiveSpans = [new(1, 2)], PositiveBuckets = [10, 20] };
        Assert.True(left.TryAdd(right, out FloatHistogram? sum, out _));
        Assert.Equal([2, 5], sum.CustomValues);
        Assert.Equal([3, 13, 24], sum.PositiveBuckets);
    }

    [Fact]
    public void Custom_and_exponential_buckets_do_not_go_together()
    {
        var custom = new FloatHistogram { Schema = FloatHistogram.CustomBucketsSchema };
        Assert.False(custom.TryAdd(new FloatHistogram(), out _, out CombinationNotices notices));
        Assert.Equal(CombinationNotices.MixedSchemas, notices);
    }

    [Theory]
    [InlineData(CounterResetHint.Gauge, CounterResetHint.Reset, CounterResetHint.Gauge)]
    [InlineData(CounterResetHint.Unknown, CounterResetHint.Reset, CounterResetHint.Unknown)]
    [InlineData(CounterResetHint.Reset, CounterResetHint.NotReset, CounterResetHint.Unknown)]
    [InlineData(CounterResetHint.NotReset, CounterResetHint.NotReset, CounterResetHint.NotReset)]
    public void Hints_are_kept_where_both_agree(CounterResetHint left, CounterResetHint right, CounterResetHint expected)
    {
        new FloatHistogram { CounterResetHint = left }.TryAdd(new FloatHistogram { CounterResetHint = right }, out FloatHistogram? sum, out _);
        Assert.Equal(expected, sum!.CounterResetHint);
    }
}
