using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class HistogramMeanTests
{
    private static readonly FloatHistogram One = new() { Count = 4, Sum = 8, ZeroCount = 2, PositiveSpans = [new(0, 2)], PositiveBuckets = [1, 1] };

    [Fact]
    public void The_mean_of_one_and_of_many_equal_ones_is_the_one()
    {
        var mean = new HistogramMean();
        mean.Add(One);
        Assert.True(One.ContentEquals(mean.ToHistogram()));
        mean.Add(One);
        mean.Add(One);
        Assert.True(One.ContentEquals(mean.ToHistogram()));
        mean.Clear();
        Assert.True(mean.IsEmpty);
    }

    [Fact]
    public void Counts_whose_sum_would_overflow_have_a_mean()
    {
        FloatHistogram huge = One.Multiply(1.5e307);
        var mean = new HistogramMean();
        for (int i = 0; i < 50; i++)
        {
            mean.Add(huge);
        }

        FloatHistogram result = mean.ToHistogram();
        Assert.Equal(1, result.Sum / huge.Sum, 1e-12);
        Assert.Equal(1, result.PositiveBuckets[0] / huge.PositiveBuckets[0], 1e-12);
    }

    [Fact]
    public void Means_of_parts_make_the_mean_of_all_even_where_one_has_overflowed()
    {
        FloatHistogram huge = One.Multiply(1.5e307);
        var first = new HistogramMean();
        var second = new HistogramMean();
        for (int i = 0; i < 30; i++)
        {
            first.Add(huge);
        }

        second.Add(huge);
        second.Add(huge.Multiply(-1));
        first.Add(second);
        Assert.Equal(30.0 / 32, first.ToHistogram().Sum / huge.Sum, 1e-12);
        var empty = new HistogramMean();
        empty.Add(second);
        empty.Add(new HistogramMean());
        Assert.Equal(0, empty.ToHistogram().Sum);
    }

    [Fact]
    public void An_infinite_bound_is_as_an_overflow_to_upstream()
    {
        var histogram = new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            Count = 2,
            Sum = 4,
            CustomValues = [double.NegativeInfinity, 1],
            PositiveSpans = [new(1, 1)],
            PositiveBuckets = [2],
        };
        var mean = new HistogramMean();
        mean.Add(histogram);
        mean.Add(histogram);
        Assert.True(histogram.ContentEquals(mean.ToHistogram()));
    }

    [Fact]
    public void Notices_are_kept_through_the_change_to_an_incremental_mean()
    {
        FloatHistogram huge = One.Multiply(1.5e307);
        var mean = new HistogramMean();
        mean.Add(huge.WithHint(CounterResetHint.Reset));
        for (int i = 0; i < 20; i++)
        {
            mean.Add(huge.WithHint(CounterResetHint.NotReset));
        }

        Assert.Equal(CombinationNotices.HintsCollided, mean.Notices);
        Assert.Equal(CombinationNotices.MixedSchemas, mean.Add(new FloatHistogram { Schema = FloatHistogram.CustomBucketsSchema }));
    }
}
