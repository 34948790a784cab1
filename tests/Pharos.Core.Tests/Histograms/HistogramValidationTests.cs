using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

public sealed class HistogramValidationTests
{
    public static TheoryData<FloatHistogram, string> Invalid => new()
    {
        { new() { NegativeSpans = [new(0, 1)], NegativeBuckets = [-1] }, "negative side: bucket number 1 has observation count of -1: histogram has a bucket whose observation count is negative" },
        { new() { PositiveSpans = [new(0, 1), new(-1, 1)], PositiveBuckets = [1, 1] }, "positive side: span number 2 with offset -1: histogram has a span whose offset is negative" },
        { new() { PositiveSpans = [new(0, 3)], PositiveBuckets = [1] }, "positive side: spans need 3 buckets, have 1 buckets: histogram spans specify different number of buckets than provided" },
        { new() { PositiveSpans = [new(0, -1)] }, "positive side: span number 1 with length -1: histogram has a span whose length is negative" },
        { new() { PositiveSpans = [new(int.MaxValue, 1)], PositiveBuckets = [1] }, "positive side: histogram has a bucket of index 2147483648, which is out of range" },
        { new() { ZeroCount = -1 }, "zero bucket has observation count of -1: histogram has a bucket whose observation count is negative" },
        { new() { Count = -1 }, "observation count is  -1: histogram's observation count is negative" },
        { new() { CustomValues = [1] }, "histogram with exponential schema must not have custom bounds" },
        { new() { Schema = 9 }, "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets, or -53 for custom buckets, got schema 9" },
        { Custom([1], [new(0, 1)], [-1]), "positive side: bucket number 1 has observation count of -1: histogram has a bucket whose observation count is negative" },
        { Custom([double.NaN], [], []), "custom buckets: histogram custom bounds must not be NaN" },
        { Custom([2, 1], [], []), "custom buckets: previous bound is 2.000000 and current is 1.000000: histogram custom bounds must be in strictly increasing order" },
        { Custom([1, double.PositiveInfinity], [], []), "custom buckets: last +Inf bound must not be explicitly defined: histogram custom bounds must be finite" },
        { Custom([1], [new(-1, 1)], [1]), "custom buckets: span number 1 with offset -1: histogram has a span whose offset is negative" },
        { Custom([1], [new(0, 3)], [1, 1, 1]), "custom buckets: only 1 custom bounds defined which is insufficient to cover total span length of 3: histogram custom bounds are too few" },
        { new() { Schema = FloatHistogram.CustomBucketsSchema, ZeroCount = 1 }, "custom buckets: must have zero count of 0" },
        { new() { Schema = FloatHistogram.CustomBucketsSchema, ZeroThreshold = 1 }, "custom buckets: must have zero threshold of 0" },
        { new() { Schema = FloatHistogram.CustomBucketsSchema, NegativeSpans = [new(0, 0)] }, "custom buckets: must not have negative spans" },
        { new() { Schema = FloatHistogram.CustomBucketsSchema, NegativeBuckets = [1] }, "custom buckets: must not have negative buckets" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_does_not_fit_together_is_told(FloatHistogram histogram, string expected) => Assert.Equal(expected, histogram.Validate());

    [Fact]
    public void What_fits_together_has_nothing_to_tell()
    {
        Assert.Null(new FloatHistogram().Validate());
        Assert.Null(new FloatHistogram { Schema = 8, Count = double.NaN, PositiveSpans = [new(-5, 1), new(0, 1)], PositiveBuckets = [1, 2] }.Validate());
        Assert.Null(Custom([double.NegativeInfinity, 1], [new(0, 3)], [1, 2, 3]).Validate());
    }

    private static FloatHistogram Custom(double[] bounds, BucketSpan[] spans, double[] buckets) => new()
    {
        Schema = FloatHistogram.CustomBucketsSchema,
        CustomValues = [.. bounds],
        PositiveSpans = [.. spans],
        PositiveBuckets = [.. buckets],
    };
}
