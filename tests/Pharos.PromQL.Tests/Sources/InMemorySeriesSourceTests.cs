using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;

namespace Pharos.PromQL.Tests.Sources;

public class InMemorySeriesSourceTests
{
    private static readonly Labels Up = Labels.Of("__name__", "up", "job", "a");

    [Fact]
    public void Series_are_loaded_in_the_notation_of_rule_tests()
    {
        InMemorySeriesSource source = new InMemorySeriesSource().Load(TimeSpan.FromSeconds(30), """
            # what is up
            up{job="a"} 1 _ 0 stale

            up{job="b"} 1+1x2
            """);
        Assert.Equal(2, source.Count);
        Assert.Equal([0L, 60_000, 90_000], source.Find(Up)!.Select(static s => s.Timestamp));
        Assert.True(Staleness.IsMarker(source.Find(Up)![2].Value));
        Assert.Equal([1.0, 2, 3], source.Find(Labels.Of("__name__", "up", "job", "b"))!.Select(static s => s.Value));
    }

    [Fact]
    public async Task Native_histograms_are_loaded_and_asked_for()
    {
        InMemorySeriesSource source = new InMemorySeriesSource().Load(TimeSpan.FromMinutes(1), "latency {{schema:0 sum:5 count:4 buckets:[1 2 1]}}x5");
        using var engine = new PromQLEngine(new EngineOptions());
        QueryResult result = await engine.InstantAsync(source, "histogram_count(latency)", 60_000, TestContext.Current.CancellationToken);
        Assert.Equal(4, Assert.Single(result.Rows).Values.Span[0]);
    }

    [Fact]
    public void A_histogram_that_does_not_fit_together_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new InMemorySeriesSource().Load(TimeSpan.FromMinutes(1), "latency {{schema:-53 custom_values:[1] buckets:[1 2 3]}}"));
        Assert.Contains("histogram custom bounds are too few", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_series_is_refused_with_its_place()
    {
        PromQLException error = Assert.Throws<PromQLException>(() => new InMemorySeriesSource().Load(TimeSpan.FromMinutes(1), "up{ 1"));
        Assert.Contains("parse error", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemorySeriesSource().Load(TimeSpan.Zero, "up 1"));
    }

    [Fact]
    public void Samples_come_in_their_order_and_never_silently_none()
    {
        var source = new InMemorySeriesSource();
        source.Add(Up, 1000, 1.0);
        Assert.Contains("out of order sample at 1000", Assert.Throws<InvalidOperationException>(() => source.Add(Up, 1000, 2.0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => source.Add(Up, 2000, 5));
    }

    [Fact]
    public void Names_and_values_are_those_of_the_series_with_samples_in_the_range()
    {
        InMemorySeriesSource source = new InMemorySeriesSource().Load(TimeSpan.FromSeconds(1), """
            up{job="a",zone="x"} 1
            up{job="b"} _x9 1
            """);
        using ISeriesQuerier querier = source.OpenQuerier();
        Assert.Equal(["__name__", "job", "zone"], querier.LabelNames([], 0, 5000, CancellationToken.None));
        Assert.Equal(["a"], querier.LabelValues("job", [], 0, 5000, CancellationToken.None));
        Assert.Equal(["b"], querier.LabelValues("job", [[new Matcher(Core.Matching.MatchType.NotEqual, "job", "a")]], 0, 10_000, CancellationToken.None));
    }

    [Fact]
    public void A_store_that_is_cleared_is_empty()
    {
        InMemorySeriesSource source = new InMemorySeriesSource().Load(TimeSpan.FromSeconds(1), "up 1");
        source.Clear();
        Assert.Equal((0, null), (source.Count, source.Find(Labels.Of("__name__", "up"))));
    }
}
