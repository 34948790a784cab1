using System.Globalization;
using System.Net;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Remote.Configuration;
using Pharos.Remote.Otlp;
using Pharos.Remote.Otlp.Translation;

namespace Pharos.Remote.Tests.Otlp;

/// <summary>The layouts are those of upstream's TestConvertBucketsLayout.</summary>
public sealed class HistogramTranslationTests
{
    [Theory]
    [InlineData("4 3 2 1", 0, 0, "1:4", "4 -1 -1 -1")]
    [InlineData("4 3 2 1", 0, 1, "1:2", "7 -4")]
    [InlineData("4 3 2 1", 0, 2, "1:1", "10")]
    [InlineData("4 3 2 1", 1, 0, "2:4", "4 -1 -1 -1")]
    [InlineData("4 3 2 1", 1, 1, "1:3", "4 1 -4")]
    [InlineData("4 3 2 1", 1, 2, "1:2", "9 -8")]
    [InlineData("4 2 0 2 0 0 0 0 0 0 0 0 0 0 0 0 1", 4, 0, "5:4 12:1", "4 -2 -2 2 -1")]
    [InlineData("4 2 0 2 0 0 0 0 0 0 0 0 0 0 0 0 1", 4, 1, "3:2 6:1", "6 -4 -1")]
    [InlineData("4 2 0 2 0 0 0 0 0 0 0 0 0 0 0 0 1", 4, 2, "2:1 3:1", "8 -7")]
    [InlineData("4 2 0 2 0 0 0 0 0 0 0 0 1", 4, 1, "3:2 4:1", "6 -4 -1")]
    [InlineData("4 2 0 2 0 0 0 0 0 0 0 0 1", 4, 2, "2:4", "8 -8 0 1")]
    [InlineData("3 1 0 0 0 1", -2, 0, "-1:2 3:1", "3 -2 0")]
    [InlineData("3 1 0 0 0 1", -2, 1, "0:3", "4 -4 1")]
    [InlineData("3 1 0 0 0 1", -2, 2, "0:2", "4 -3")]
    [InlineData("3 1 0 1 0 1", -2, 0, "-1:6", "3 -2 -1 1 -1 1")]
    [InlineData("3 1 0 1 0 1", -2, 1, "0:3", "4 -3 0")]
    [InlineData("3 0 0 1 0 0 1", -2, 0, "-1:7", "3 -3 0 1 -1 0 1")]
    [InlineData("3 0 0 1 0 0 1", -2, 1, "0:4", "3 -2 -1 1")]
    [InlineData("", 5, 0, "", "")]
    [InlineData("0 0 0 0 0 7", 0, 0, "1:0 5:1", "7")]
    [InlineData("4 0 0", 0, 0, "1:3", "4 -4 0")]
    [InlineData("1 2", -7, 40, "0:1", "3")]
    public void Buckets_are_laid_out_as_upstream_does(string counts, int offset, int shift, string spans, string deltas)
    {
        var (foundSpans, foundDeltas) = BucketSpans.Of(Numbers(counts), offset, shift, (offset >> Math.Min(shift, 31)) + 1);

        Assert.Equal(spans, string.Join(' ', foundSpans.Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Offset}:{s.Length}"))));
        Assert.Equal(deltas, string.Join(' ', foundDeltas));
    }

    // Upstream forgets which bucket it is in behind an empty one, and puts the first five into the bucket before.
    [Fact]
    public void Buckets_that_become_one_are_added_up_behind_empty_ones_too()
    {
        var (spans, deltas) = BucketSpans.Of([0, 0, 5, 5, 1, 0], offset: 0, shift: 1, first: 1);

        Assert.Equal([new BucketSpan(1, 3)], spans);
        Assert.Equal([0, 10, -9], deltas);
    }

    [Fact]
    public void An_exponential_histogram_is_stored_as_a_native_one()
    {
        OtlpRig rig = Send("""
            {"name":"h","unit":"s","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":"9","sum":-1.5,"scale":10,"zeroCount":"2",
              "positive":{"offset":-3,"bucketCounts":["1","1","0","2"]},"negative":{"offset":8,"bucketCounts":["3"]},"exemplars":[{"asDouble":1}],"zeroThreshold":1}]}}
            """);

        IntegerHistogram stored = Assert.Single(rig.Store.HistogramsOf(rig.Store.Series[0])).Integers!;
        Assert.Equal("{__name__=\"h_seconds\"}", rig.Store.Series[0].ToString());
        Assert.Equal((8, 1e-128, 2UL, 9UL, -1.5, CounterResetHint.Unknown), (stored.Schema, stored.ZeroThreshold, stored.ZeroCount, stored.Count, stored.Sum, stored.CounterResetHint));
        Assert.Equal("0:2", string.Join(' ', stored.PositiveSpans.Select(static s => $"{s.Offset}:{s.Length}")));
        Assert.Equal([2, 0], stored.PositiveDeltas);
        Assert.Equal([new BucketSpan(3, 1)], stored.NegativeSpans);
        Assert.Single(rig.Exemplars.Exemplars);
    }

    [Fact]
    public void Bounds_become_custom_buckets_where_that_is_configured()
    {
        OtlpRig rig = Send(
            """{"name":"h","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":"6","sum":2,"bucketCounts":["0","0","2","4"],"explicitBounds":[1,2,5]}]}}""",
            new OtlpConfig { ConvertHistogramsToNhcb = true });

        Assert.Equal("{count:6, sum:2, (2,5]:2, (5,+Inf]:4}", Assert.Single(rig.Store.HistogramsOf(rig.Store.Series[0])).ToFloat().ToText());
        Assert.Equal(["{__name__=\"h\"}"], rig.Store.Series.Select(static s => s.ToString()));
    }

    [Fact]
    public void A_histogram_without_a_value_is_a_marker_and_deltas_are_gauges()
    {
        const string Points = """
            {"name":"h","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":"NOW","count":"1","scale":0,"positive":{"bucketCounts":[1]}},
              {"timeUnixNano":"1795132801000000000","count":"7","flags":1,"scale":0,"exemplars":[{"asInt":1}]}]}}
            """;
        OtlpRig rig = Send(Points, options: new OtlpOptions { TakesDeltas = true });
        IReadOnlyList<NativeHistogram> stored = rig.Store.HistogramsOf(rig.Store.Series[0]);

        Assert.Equal(CounterResetHint.Gauge, stored[0].Integers!.CounterResetHint);
        Assert.True(Staleness.IsMarker(stored[1].Sum));
        Assert.Empty(rig.Exemplars.Exemplars);
    }

    [Theory]
    [InlineData("\"count\":1,\"scale\":-5,\"positive\":{\"bucketCounts\":[1]}", "cannot convert exponential to native histogram. Scale must be >= -4, was -5")]
    [InlineData("\"count\":2,\"positive\":{\"bucketCounts\":[1]}", "1 observations found in buckets, but the Count field is 2: histogram's observation count should equal the number of observations found in the buckets (in absence of NaN)")]
    public void Histograms_that_make_no_sense_are_refused_in_upstreams_words(string point, string message)
    {
        OtlpResponse response = new OtlpRig().Send(OtlpRig.Request("""{"name":"h","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW",POINT}]}}""".Replace("POINT", point, StringComparison.Ordinal)));

        Assert.Equal((HttpStatusCode.InternalServerError, message), (response.Status, response.Message));
    }

    [Theory]
    [InlineData("\"positive\":{\"offset\":2147483647,\"bucketCounts\":[1,0,0,1]}")]
    [InlineData("\"positive\":{\"offset\":-2147483648,\"bucketCounts\":[0,0,0,0,2]},\"scale\":2147483647")]
    [InlineData("\"negative\":{\"offset\":2147483647,\"bucketCounts\":[18446744073709551615,3]}")]
    public void Offsets_at_the_ends_of_numbers_are_stored_or_refused_and_nothing_else(string point)
    {
        OtlpResponse response = new OtlpRig().Send(OtlpRig.Request("""{"name":"h","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","count":2,POINT}]}}""".Replace("POINT", point, StringComparison.Ordinal)));

        Assert.True(response.Status is HttpStatusCode.OK or HttpStatusCode.InternalServerError, response.Message);
    }

    [Fact]
    public void A_sum_of_nothing_is_warned_of()
    {
        var rig = new OtlpRig();
        OtlpResponse response = rig.Send(OtlpRig.Request("""{"name":"h","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"NOW","sum":2.5}]}}"""));

        Assert.Equal(["exponential histogram data point has zero count, but non-zero sum: 2.500000"], response.Warnings);
        Assert.Equal(1, rig.Receiver.Counters.WarningsOf(TranslationWarning.HistogramZeroCountNonZeroSum));
    }

    private static OtlpRig Send(string metric, OtlpConfig? config = null, OtlpOptions? options = null)
    {
        var rig = new OtlpRig(config, options);
        OtlpResponse response = rig.Send(OtlpRig.Request(metric));
        Assert.True(response.Status == HttpStatusCode.OK, response.Message);
        return rig;
    }

    private static ulong[] Numbers(string text) => text.Length == 0 ? [] : [.. text.Split(' ').Select(static n => ulong.Parse(n, CultureInfo.InvariantCulture))];
}
