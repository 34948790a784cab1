using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Core.Tests.Histograms;

public class IntegerHistogramTests
{
    private static readonly IntegerHistogram Sane = new()
    {
        Schema = 1,
        ZeroCount = 2,
        Count = 11,
        Sum = 5,
        PositiveSpans = [new BucketSpan(-1, 2), new BucketSpan(1, 1)],
        PositiveDeltas = [1, 2, -2],
        NegativeSpans = [new BucketSpan(0, 1)],
        NegativeDeltas = [4],
    };

    [Fact]
    public void Differences_become_counts()
    {
        FloatHistogram floats = Sane.ToFloat();
        Assert.Equal([1, 3, 1], floats.PositiveBuckets);
        Assert.Equal([4], floats.NegativeBuckets);
        Assert.Equal((11, 2, 5), (floats.Count, floats.ZeroCount, floats.Sum));
        Assert.Equal(Sane.PositiveSpans, floats.PositiveSpans);
    }

    [Fact]
    public void Whole_floats_become_integers_and_back()
    {
        var histograms = new RandomHistograms(1);
        for (int i = 0; i < 500; i++)
        {
            FloatHistogram histogram = histograms.Any();
            IntegerHistogram whole = IntegerHistogram.FromFloat(histogram)!;
            Assert.Null(whole.Validate());
            Assert.True(whole.ToFloat().ContentEquals(histogram));
            Assert.Equal(histogram.CounterResetHint, whole.CounterResetHint);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1)]
    [InlineData(1e17)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Other_floats_do_not(double count)
    {
        Assert.Null(IntegerHistogram.FromFloat(new FloatHistogram { Count = count }));
        Assert.Null(IntegerHistogram.FromFloat(new FloatHistogram { Count = 1, PositiveSpans = [new BucketSpan(0, 1)], PositiveBuckets = [count] }));
    }

    [Fact]
    public void Coarser_buckets_are_those_of_the_float_histogram()
    {
        var histograms = new RandomHistograms(2);
        for (int i = 0; i < 500; i++)
        {
            FloatHistogram histogram = histograms.Exponential(schema: 8);
            int schema = (i % 12) - 4;
            IntegerHistogram coarser = IntegerHistogram.FromFloat(histogram)!.ReduceResolution(schema);
            Assert.True(coarser.ToFloat().ContentEquals(histogram.ReduceResolution(schema)));
        }

        Assert.Same(Sane, Sane.ReduceResolution(1));
        Assert.Same(Sane, Sane.ReduceResolution(5));
        Assert.Throws<InvalidOperationException>(static () => Sane.ReduceResolution(FloatHistogram.CustomBucketsSchema));
    }

    [Fact]
    public void What_does_not_fit_together_is_told_in_upstreams_words()
    {
        Assert.Null(Sane.Validate());
        Assert.Equal(
            "1 observations found in buckets, but the Count field is 2: histogram's observation count should equal the number of observations found in the buckets (in absence of NaN)",
            new IntegerHistogram { Count = 2, ZeroCount = 1, Sum = 1 }.Validate());
        Assert.Equal(
            "3 observations found in buckets, but the Count field is 2: histogram's observation count should be at least the number of observations found in the buckets",
            new IntegerHistogram { Count = 2, ZeroCount = 3, Sum = double.NaN }.Validate());
        Assert.Null(new IntegerHistogram { Count = 2, ZeroCount = 1, Sum = double.NaN }.Validate());
        Assert.Equal(
            "positive side: bucket number 2 has observation count of -1: histogram has a bucket whose observation count is negative",
            new IntegerHistogram { Count = 1, PositiveSpans = [new BucketSpan(0, 2)], PositiveDeltas = [1, -2] }.Validate());
        Assert.Equal(
            "positive side: spans need 2 buckets, have 1 buckets: histogram spans specify different number of buckets than provided",
            new IntegerHistogram { Count = 1, PositiveSpans = [new BucketSpan(0, 2)], PositiveDeltas = [1] }.Validate());
    }

    [Fact]
    public void Either_kind_is_what_it_was_made_of()
    {
        var whole = new NativeHistogram(Sane);
        var floats = new NativeHistogram(Sane.ToFloat());
        Assert.True(default(NativeHistogram).IsNone);
        Assert.Equal((Sane, null, 5.0), (whole.Integers, whole.Floats, whole.Sum));
        Assert.Null(floats.Integers);
        Assert.Same(floats.Floats, floats.ToFloat());
        Assert.Equal((7, 7), (whole.Parts, floats.Parts));
        Assert.Null(whole.Validate());
        Assert.Null(new NativeHistogram(new FloatHistogram { Sum = Staleness.Marker }).Validate());
    }

    [Fact]
    public void More_parts_than_are_stored_are_refused()
    {
        var large = new IntegerHistogram { Count = 30_000, PositiveSpans = [new BucketSpan(0, 30_000)], PositiveDeltas = [1, .. new long[29_999]] };
        Assert.Equal("histogram has 30001 buckets, spans and custom bounds, more than 25000", new NativeHistogram(large).Validate());
    }
}
