using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class ResetDetectionTests
{
    // Schema 0: bucket i ends at 2^i.
    private static readonly FloatHistogram Before = new()
    {
        ZeroThreshold = 0.25,
        ZeroCount = 5,
        Count = 30,
        PositiveSpans = [new(0, 2), new(2, 2)],
        PositiveBuckets = [4, 3, 2, 1],
        NegativeSpans = [new(1, 3)],
        NegativeBuckets = [5, 5, 5],
    };

    private static readonly FloatHistogram CustomBefore = new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        Count = 10,
        CustomValues = [1, 2, 3],
        PositiveSpans = [new(0, 4)],
        PositiveBuckets = [1, 2, 3, 4],
    };

    [Fact]
    public void The_hint_is_believed_where_it_says_something()
    {
        Assert.True(Before.WithHint(CounterResetHint.Reset).DetectReset(new FloatHistogram()));
        Assert.False(new FloatHistogram { CounterResetHint = CounterResetHint.NotReset }.DetectReset(Before));
        Assert.True(new FloatHistogram { CounterResetHint = CounterResetHint.Gauge }.DetectReset(Before));
    }

    [Fact]
    public void The_same_or_more_is_no_reset()
    {
        Assert.False(Before.DetectReset(Before));
        Assert.False(Before.DetectReset(new FloatHistogram { ZeroThreshold = 0.1 }));
        Assert.False(After(count: 31, positive: [4, 3, 0, 2, 2], positiveSpans: [new(0, 3), new(1, 2)]).DetectReset(Before));
    }

    [Fact]
    public void Less_of_anything_but_the_sum_is_a_reset()
    {
        Assert.True(After(count: 29).DetectReset(Before));
        Assert.True(After(zeroCount: 4).DetectReset(Before));
        Assert.True(After(positive: [4, 3, 2, 0]).DetectReset(Before));
        Assert.True(After(negative: [5, 4, 5]).DetectReset(Before));
    }

    [Fact]
    public void A_populated_bucket_that_is_gone_is_a_reset_and_an_empty_one_is_not()
    {
        Assert.True(After(positiveSpans: [new(0, 2), new(2, 1)], positive: [4, 3, 2]).DetectReset(Before));
        Assert.True(After(positiveSpans: [new(1, 1), new(2, 2)], positive: [3, 2, 1]).DetectReset(Before));
        Assert.True(new FloatHistogram { ZeroThreshold = 0.25, ZeroCount = 5, Count = 30 }.DetectReset(Before));
        FloatHistogram withEmpty = After(positiveSpans: [new(-1, 8)], positive: [0, 4, 3, 0, 0, 2, 1, 0]);
        Assert.False(Before.DetectReset(withEmpty));
    }

    [Fact]
    public void A_finer_schema_or_a_narrower_zero_bucket_comes_with_a_reset_only()
    {
        Assert.True(new FloatHistogram { Schema = 1, ZeroThreshold = 0.25 }.DetectReset(new FloatHistogram { ZeroThreshold = 0.25 }));
        Assert.True(new FloatHistogram { ZeroThreshold = 0.1 }.DetectReset(new FloatHistogram { ZeroThreshold = 0.25 }));
    }

    [Fact]
    public void Before_a_coarser_schema_the_buckets_are_merged()
    {
        Assert.False(Before.ReduceResolution(-1).DetectReset(Before));
        FloatHistogram less = Coarse([4, 2, 2, 1]);
        Assert.True(less.DetectReset(Before));
        Assert.False(Coarse([4, 3, 2, 1]).DetectReset(Before));
    }

    [Fact]
    public void A_wider_zero_bucket_takes_in_what_was_below_it_and_cuts_nothing()
    {
        FloatHistogram wider = After(zeroThreshold: 1, zeroCount: 9, positiveSpans: [new(1, 1), new(2, 2)], positive: [3, 2, 1]);
        Assert.False(wider.DetectReset(Before));
        Assert.True(After(zeroThreshold: 1, zeroCount: 8, positiveSpans: [new(1, 1), new(2, 2)], positive: [3, 2, 1]).DetectReset(Before));
        Assert.True(After(zeroThreshold: 0.75, zeroCount: 9, positiveSpans: [new(1, 1), new(2, 2)], positive: [3, 2, 1]).DetectReset(Before));
    }

    [Fact]
    public void Buckets_within_the_zero_bucket_are_not_compared()
    {
        var before = new FloatHistogram { ZeroThreshold = 1, PositiveSpans = [new(-1, 3)], PositiveBuckets = [9, 9, 1] };
        var after = new FloatHistogram { ZeroThreshold = 1, PositiveSpans = [new(1, 1)], PositiveBuckets = [1] };
        Assert.False(after.DetectReset(before));
    }

    [Fact]
    public void Custom_buckets_are_compared_at_the_bounds_that_both_have()
    {
        Assert.False(CustomBefore.DetectReset(CustomBefore));
        Assert.True(Custom([1, 2, 3], [1, 1, 4, 4]).DetectReset(CustomBefore));
        Assert.False(Custom([1, 3], [1, 5, 4]).DetectReset(CustomBefore));
        Assert.True(Custom([1, 3], [1, 4, 5]).DetectReset(CustomBefore));
        Assert.False(Custom([7], [10, 0]).DetectReset(CustomBefore));
    }

    [Fact]
    public void Custom_and_exponential_buckets_are_never_the_same_counter()
    {
        Assert.True(CustomBefore.DetectReset(new FloatHistogram()));
        Assert.True(new FloatHistogram { Count = 99 }.DetectReset(CustomBefore));
    }

    private static FloatHistogram After(
        double count = 30,
        double zeroThreshold = 0.25,
        double zeroCount = 5,
        BucketSpan[]? positiveSpans = null,
        double[]? positive = null,
        double[]? negative = null) => new()
        {
            ZeroThreshold = zeroThreshold,
            ZeroCount = zeroCount,
            Count = count,
            PositiveSpans = [.. positiveSpans ?? [.. Before.PositiveSpans]],
            PositiveBuckets = [.. positive ?? [.. Before.PositiveBuckets]],
            NegativeSpans = Before.NegativeSpans,
            NegativeBuckets = [.. negative ?? [.. Before.NegativeBuckets]],
        };

    private static FloatHistogram Coarse(double[] positive) => new()
    {
        Schema = -1,
        ZeroThreshold = 0.25,
        ZeroCount = 5,
        Count = 30,
        PositiveSpans = [new(0, 1), new(0, 3)],
        PositiveBuckets = [.. positive],
        NegativeSpans = [new(1, 2)],
        NegativeBuckets = [10, 5],
    };

    private static FloatHistogram Custom(double[] bounds, double[] counts) => new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        Count = counts.Sum(),
        CustomValues = [.. bounds],
        PositiveSpans = [new(0, counts.Length)],
        PositiveBuckets = [.. counts],
    };
}
