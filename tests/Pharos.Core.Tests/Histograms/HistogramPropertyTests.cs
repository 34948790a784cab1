using FsCheck;
using FsCheck.Fluent;
using Pharos.Core.Histograms;
using Pharos.Testing;

namespace Pharos.Core.Tests.Histograms;

public sealed class HistogramPropertyTests
{
    [Fact]
    public void Sums_and_differences_are_those_of_the_naive_histogram() => ForAll(static random =>
    {
        (FloatHistogram left, FloatHistogram right) = Pair(random);
        foreach (int sign in (int[])[1, -1])
        {
            FloatHistogram? result;
            bool isCombined = sign > 0 ? left.TryAdd(right, out result, out _) : left.TrySubtract(right, out result, out _);
            NaiveHistogram expected = NaiveHistogram.Combine(new NaiveHistogram(left), new NaiveHistogram(right), sign);
            Assert.True(isCombined);
            AssertSame(expected, result!);
            Assert.Equal(left.Count + (sign * right.Count), result!.Count);
            Assert.Equal(left.Sum + (sign * right.Sum), result.Sum);
            Assert.Null(sign > 0 ? result.Validate() : null);
        }
    });

    [Fact]
    public void What_is_added_can_be_subtracted_again() => ForAll(static random =>
    {
        FloatHistogram left = random.Exponential(3, 0.001).WithHint(CounterResetHint.Gauge);
        FloatHistogram right = random.Exponential(3, 0.001).WithHint(CounterResetHint.Gauge);
        Assert.True(left.TryAdd(right, out FloatHistogram? sum, out _));
        Assert.True(sum.TrySubtract(right, out FloatHistogram? back, out _));
        Assert.True(left.Compact().ContentEquals(back.Compact()));
    });

    [Fact]
    public void Sums_do_not_depend_on_the_order() => ForAll(static random =>
    {
        (FloatHistogram left, FloatHistogram right) = Pair(random);
        left.TryAdd(right, out FloatHistogram? sum, out CombinationNotices notices);
        right.TryAdd(left, out FloatHistogram? reverse, out CombinationNotices reverseNotices);
        Assert.True(sum!.Compact().ContentEquals(reverse!.Compact()));
        Assert.Equal(notices, reverseNotices);
        Assert.Equal(sum.CounterResetHint, reverse.CounterResetHint);
    });

    [Fact]
    public void An_accumulator_makes_the_same_sum_as_one_by_one_and_as_parts_in_order() => ForAll(static random =>
    {
        FloatHistogram[] all = random.Any().UsesCustomBuckets
            ? [.. Enumerable.Range(0, 6).Select(_ => random.Custom())]
            : [.. Enumerable.Range(0, 6).Select(_ => random.Exponential())];
        FloatHistogram plain = all[0];
        foreach (FloatHistogram next in all[1..])
        {
            Assert.True(plain.TryAdd(next, out FloatHistogram? sum, out _));
            plain = sum;
        }

        var whole = new HistogramAccumulator(isCompensated: true);
        var first = new HistogramAccumulator(isCompensated: true);
        var second = new HistogramAccumulator(isCompensated: true);
        for (int i = 0; i < all.Length; i++)
        {
            whole.Add(all[i]);
            (i < 3 ? first : second).Add(all[i]);
        }

        first.Add(second);
        Assert.Equal(whole.Notices, first.Notices);
        Assert.True(plain.Compact().ContentEquals(whole.ToHistogram().Compact()));

        // Merged in another order zero buckets may grow in other steps; with one threshold they do not.
        if (all.Select(static h => h.ZeroThreshold).Distinct().Count() == 1)
        {
            Assert.True(plain.Compact().ContentEquals(first.ToHistogram().Compact()));
        }
    });

    [Fact]
    public void The_mean_is_the_sum_divided() => ForAll(static random =>
    {
        FloatHistogram[] all = [.. Enumerable.Range(0, 4).Select(_ => random.Exponential(2, 0))];
        var sum = new HistogramAccumulator(isCompensated: true);
        var mean = new HistogramMean();
        foreach (FloatHistogram histogram in all)
        {
            sum.Add(histogram);
            mean.Add(histogram);
        }

        sum.Divide(all.Length);
        Assert.True(sum.ToHistogram().ContentEquals(mean.ToHistogram()));
    });

    [Fact]
    public void Resolution_can_be_reduced_at_once_or_in_steps_and_before_or_after_adding() => ForAll(static random =>
    {
        FloatHistogram left = random.Exponential(6, 0);
        FloatHistogram right = random.Exponential(6, 0);
        AssertSame(new NaiveHistogram(left).Reduced(1), left.ReduceResolution(1));
        Assert.True(left.ReduceResolution(1).Compact().ContentEquals(left.ReduceResolution(4).ReduceResolution(1).Compact()));
        left.TryAdd(right, out FloatHistogram? sum, out _);
        left.ReduceResolution(1).TryAdd(right.ReduceResolution(1), out FloatHistogram? reduced, out _);
        Assert.True(sum!.ReduceResolution(1).Compact().ContentEquals(reduced!.Compact()));
    });

    [Fact]
    public void Compacting_keeps_what_is_there_and_leaves_nothing_empty() => ForAll(static random =>
    {
        FloatHistogram histogram = random.Any();
        FloatHistogram compact = histogram.Compact();
        Assert.Equal(Populated(histogram), Populated(compact));
        Assert.DoesNotContain(0.0, compact.PositiveBuckets.ToArray());
        Assert.DoesNotContain(0.0, compact.NegativeBuckets.ToArray());
        Assert.Same(compact, compact.Compact());
        FloatHistogram filled = histogram.Compact(2);
        Assert.Equal(Populated(histogram), Populated(filled));
        Assert.True(compact.ContentEquals(filled.Compact()));
    });

    [Fact]
    public void Nothing_that_is_added_looks_like_a_reset_and_taking_it_away_does() => ForAll(static random =>
    {
        FloatHistogram before = random.Exponential(4, 0).WithHint(CounterResetHint.Unknown);
        FloatHistogram more = random.Exponential(4, 0).WithHint(CounterResetHint.Unknown);
        before.TryAdd(more, out FloatHistogram? after, out _);
        Assert.False(after!.DetectReset(before));
        Assert.False(after.Compact().DetectReset(before));
        Assert.False(after.ReduceResolution(2).DetectReset(before));
        Assert.Equal(more.Count > 0, before.DetectReset(after));
    });

    [Fact]
    public void Buckets_are_in_order_both_ways_and_hold_all_observations() => ForAll(static random =>
    {
        FloatHistogram histogram = random.Any();
        List<HistogramBucket> up = ToList(histogram.Buckets());
        List<HistogramBucket> down = ToList(histogram.BucketsDescending());
        down.Reverse();
        Assert.Equal(up, down);
        Assert.Equal(histogram.Count, up.Sum(static b => b.Count));
        for (int i = 1; i < up.Count; i++)
        {
            Assert.True(up[i - 1].Upper <= up[i].Lower);
        }
    });

    [Fact]
    public void Trimming_above_and_below_leaves_no_more_than_there_was() => ForAll(static random =>
    {
        FloatHistogram histogram = random.Any();
        foreach (double at in (double[])[-3, -1, 0, 0.3, 1, 7])
        {
            FloatHistogram below = histogram.TrimUpper(at);
            FloatHistogram above = histogram.TrimLower(at);
            Assert.Null(below.Validate());
            Assert.Null(above.Validate());
            Assert.True(below.Count <= histogram.Count + 1e-9 && above.Count <= histogram.Count + 1e-9);
            if (!histogram.UsesCustomBuckets)
            {
                Assert.Equal(histogram.Count, below.Count + above.Count, 1e-9);
            }
        }
    });

    private static void ForAll(Action<RandomHistograms> test) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => test(new RandomHistograms(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static (FloatHistogram Left, FloatHistogram Right) Pair(RandomHistograms random)
    {
        FloatHistogram left = random.Any();
        return (left, left.UsesCustomBuckets ? random.Custom() : random.Exponential());
    }

    private static List<HistogramBucket> ToList(BucketEnumerator buckets)
    {
        var list = new List<HistogramBucket>();
        foreach (HistogramBucket bucket in buckets)
        {
            list.Add(bucket);
        }

        return list;
    }

    private static List<HistogramBucket> Populated(FloatHistogram histogram) => [.. ToList(histogram.Buckets()).Where(static b => b.Count != 0)];

    private static void AssertSame(NaiveHistogram expected, FloatHistogram actual)
    {
        var found = new NaiveHistogram(actual);
        Assert.Equal(expected.ZeroThreshold, found.ZeroThreshold);
        Assert.Equal(expected.ZeroCount, found.ZeroCount);
        Assert.Equal(expected.Positive, found.Positive);
        Assert.Equal(expected.Negative, found.Negative);
    }
}
