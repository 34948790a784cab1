using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public class HistogramStatisticsTests
{
    [Fact]
    public void Count_sum_and_schema_stay()
    {
        var buffer = new SampleBuffer();
        buffer.Add(0, new FloatHistogram { Schema = 3, Count = 5, Sum = 7, ZeroCount = 1, PositiveSpans = [new BucketSpan(0, 1)], PositiveBuckets = [4] });

        HistogramStatistics.DropBuckets(buffer);

        FloatHistogram histogram = buffer.Histograms[0]!;
        Assert.Equal((3, 5.0, 7.0, 0.0), (histogram.Schema, histogram.Count, histogram.Sum, histogram.ZeroCount));
        Assert.Empty(histogram.PositiveBuckets);
    }

    [Fact]
    public void Resets_are_found_while_the_buckets_are_there()
    {
        var buffer = new SampleBuffer();
        buffer.Add(0, HistogramSeries.Of(2, 2));
        buffer.Add(1, HistogramSeries.Of(3, 3));
        buffer.Add(2, 17);
        buffer.Add(3, HistogramSeries.Of(1, 9));
        buffer.Add(4, HistogramSeries.Of(1, 9, CounterResetHint.Reset));
        buffer.Add(5, new FloatHistogram { Sum = Staleness.Marker });
        buffer.Add(6, HistogramSeries.Of(1, 10));
        buffer.Add(7, HistogramSeries.Of(0, 0, CounterResetHint.Gauge));

        HistogramStatistics.DropBuckets(buffer);

        CounterResetHint?[] expected =
        [
            CounterResetHint.Unknown,
            CounterResetHint.NotReset,
            null,
            CounterResetHint.Reset,
            CounterResetHint.Reset,
            CounterResetHint.Unknown,
            CounterResetHint.NotReset,
            CounterResetHint.Gauge,
        ];
        Assert.Equal(expected, buffer.Histograms.ToArray().Select(static h => h?.CounterResetHint));
        Assert.True(Staleness.IsMarker(buffer.Histograms[5]!.Sum));
    }
}
