using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class HistogramAccumulatorTests
{
    private static readonly FloatHistogram Small = new() { Count = 1, Sum = 1, ZeroCount = 1, PositiveSpans = [new(0, 3)], PositiveBuckets = [1, 1, 1] };

    [Fact]
    public void What_additions_round_away_is_given_back()
    {
        var compensated = new HistogramAccumulator(isCompensated: true);
        var plain = new HistogramAccumulator(isCompensated: false);
        foreach (FloatHistogram next in (FloatHistogram[])[Small, Small.Multiply(1e100), Small, Small.Multiply(-1e100)])
        {
            compensated.Add(next);
            plain.Add(next);
        }

        FloatHistogram sum = compensated.ToHistogram();
        Assert.Equal((2, 2, 2), (sum.Count, sum.Sum, sum.ZeroCount));
        Assert.Equal([2, 2, 2], sum.PositiveBuckets.ToArray());
        Assert.Equal((0, 0, 0), (plain.ToHistogram().Count, plain.ToHistogram().Sum, plain.ToHistogram().PositiveBuckets[0]));
    }

    [Fact]
    public void Compensation_survives_scaling_coarser_buckets_a_wider_zero_bucket_and_merging()
    {
        FloatHistogram[] all = [Small, Small.Multiply(1e100), Small, Small.Multiply(-1e100)];
        var first = new HistogramAccumulator(isCompensated: true);
        var second = new HistogramAccumulator(isCompensated: true);
        first.Add(all[0]);
        first.Add(all[1]);
        second.Add(all[2]);
        second.Add(all[3]);
        first.Add(second);
        first.Multiply(4);
        Assert.Equal([8, 8, 8], first.ToHistogram().PositiveBuckets.ToArray());
        first.ReduceResolution(-1);
        Assert.Equal([8, 16], first.ToHistogram().PositiveBuckets.ToArray());
        first.Add(new FloatHistogram { Schema = -1, ZeroThreshold = 1 });
        Assert.Equal((16, 1), (first.ToHistogram().ZeroCount, first.ToHistogram().PositiveBuckets.Length));
    }

    [Fact]
    public void Additions_of_a_layout_that_is_there_already_allocate_nothing()
    {
        var accumulator = new HistogramAccumulator(isCompensated: true);
        FloatHistogram inner = new() { PositiveSpans = [new(1, 1)], PositiveBuckets = [1] };
        accumulator.Add(Small);
        accumulator.Add(inner);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            accumulator.Add(Small);
            accumulator.Add(inner);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal([1001, 2002, 1001], accumulator.ToHistogram().PositiveBuckets.ToArray());
    }

    [Fact]
    public void An_accumulator_starts_anew_and_leaves_its_results_alone()
    {
        var accumulator = new HistogramAccumulator(isCompensated: true);
        accumulator.Add(Small);
        FloatHistogram first = accumulator.ToHistogram();
        accumulator.Add(Small);
        accumulator.Set(Small.Multiply(7));
        Assert.Equal([1, 1, 1], first.PositiveBuckets.ToArray());
        Assert.Equal([7, 7, 7], accumulator.ToHistogram().PositiveBuckets.ToArray());
        accumulator.Clear();
        Assert.True(accumulator.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => accumulator.Subtract(Small));
    }

    [Fact]
    public void Hints_collide_over_all_additions_even_with_others_between()
    {
        var accumulator = new HistogramAccumulator(isCompensated: true);
        accumulator.Add(Small.WithHint(CounterResetHint.Reset));
        Assert.Equal(CombinationNotices.None, accumulator.Add(Small));
        Assert.Equal(CombinationNotices.None, accumulator.Add(Small.WithHint(CounterResetHint.NotReset)));
        Assert.Equal(CombinationNotices.HintsCollided, accumulator.Notices);
        var direct = new HistogramAccumulator(isCompensated: true);
        direct.Add(Small.WithHint(CounterResetHint.Reset));
        Assert.Equal(CombinationNotices.HintsCollided, direct.Add(Small.WithHint(CounterResetHint.NotReset)));
        Assert.Equal(CounterResetHint.Unknown, direct.ToHistogram().CounterResetHint);
    }

    [Fact]
    public void Mixed_schemas_change_nothing_and_are_remembered()
    {
        var accumulator = new HistogramAccumulator(isCompensated: true);
        accumulator.Add(Small);
        Assert.Equal(CombinationNotices.MixedSchemas, accumulator.Add(new FloatHistogram { Schema = FloatHistogram.CustomBucketsSchema, Count = 5 }));
        Assert.Equal(CombinationNotices.MixedSchemas, accumulator.Notices);
        Assert.Equal(1, accumulator.Count);
    }

    [Fact]
    public void A_bucket_in_the_zero_bucket_counts_once_however_coarse_the_other_is()
    {
        // (1, 2] lies in the zero bucket; the coarser bucket (1, 4] does not.
        var fine = new FloatHistogram { Count = 3, PositiveSpans = [new(1, 2)], PositiveBuckets = [1, 2] };
        var coarse = new FloatHistogram { Schema = -1, ZeroThreshold = 2, ZeroCount = 10, Count = 10 };
        foreach ((FloatHistogram left, FloatHistogram right) in ((FloatHistogram, FloatHistogram)[])[(fine, coarse), (coarse, fine)])
        {
            Assert.True(left.TryAdd(right, out FloatHistogram? sum, out _));
            Assert.Equal("{count:13, sum:0, [-2,2]:11, (1,4]:2}", sum.ToText());
        }
    }

    [Fact]
    public void A_threshold_that_is_no_number_ends_all_the_same()
    {
        var broken = new FloatHistogram { ZeroThreshold = double.NaN, ZeroCount = 1 };
        Assert.True(Small.TryAdd(broken, out FloatHistogram? sum, out _));
        Assert.Equal(2, sum.ZeroCount);
    }

    [Fact]
    public void Dividing_by_0_leaves_infinite_counts_without_buckets()
    {
        FloatHistogram divided = Small.Divide(0);
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 0), (divided.Count, divided.Sum, divided.ZeroCount, divided.PositiveBuckets.Length));
        Assert.Equal(double.PositiveInfinity, Small.Multiply(double.PositiveInfinity).Count);
    }
}
