using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Core.Samples;
using Pharos.Scrape.Caching;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Exposition;
using Pharos.Scrape.Loops;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Caching;

/// <summary>Scrapes with <c>convert_classic_histograms_to_nhcb</c>.</summary>
public class ClassicHistogramScrapeTests
{
    private const string Exposition = """
        # TYPE up_total counter
        up_total 5
        # TYPE h histogram
        h_bucket{job="a",le="0.5"} 1
        h_bucket{job="a",le="1"} 3
        h_bucket{job="a",le="+Inf"} 4
        h_sum{job="a"} 7.5
        h_count{job="a"} 4
        h_bucket{job="b",le="0.5"} 0
        h_bucket{job="b",le="+Inf"} 0.5
        h_sum{job="b"} 1
        h_count{job="b"} 0.5
        # TYPE not_one counter
        not_one_count 1

        """;

    private readonly InMemoryAppender _store = new();
    private readonly SampleBatch _batch = new();
    private readonly RecordingExemplars _exemplars = new();
    private readonly ScrapeCache _cache;
    private ScrapeConfig _config = new() { JobName = "j", ConvertClassicHistogramsToNhcb = true };
    private long _time = 1000;

    public ClassicHistogramScrapeTests()
    {
        _cache = new ScrapeCache(new MetadataStore(), _exemplars);
    }

    [Fact]
    public void Classic_histograms_become_native_ones_with_their_bounds_and_nothing_else_changes()
    {
        Scrape(Exposition);
        Scrape(Exposition);

        Assert.Equal(
            ["""{__name__="h", job="a"}""", """{__name__="h", job="b"}""", """{__name__="not_one_count"}""", """{__name__="up_total"}"""],
            _store.Series.Select(static s => s.ToString()).Order(StringComparer.Ordinal));
        IReadOnlyList<(long Timestamp, NativeHistogram Histogram)> whole = _store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "a"));
        Assert.Equal([1000, 16_000], whole.Select(static h => h.Timestamp));
        IntegerHistogram first = whole[0].Histogram.Integers!;
        Assert.Equal((4UL, 7.5, FloatHistogram.CustomBucketsSchema), (first.Count, first.Sum, first.Schema));
        Assert.Equal([0.5, 1], first.CustomValues);
        Assert.Equal([1, 1, -1], first.PositiveDeltas);
        FloatHistogram floats = _store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "b"))[0].Histogram.Floats!;
        Assert.Equal([0.5], floats.PositiveBuckets);
        Assert.Equal(4, _cache.Counts.Scraped);
    }

    [Fact]
    public void Classic_series_are_kept_beside_where_the_job_says_so()
    {
        _config = _config with { AlwaysScrapeClassicHistograms = true };
        Scrape(Exposition);

        Assert.Equal(13, _store.Series.Count);
        Assert.Single(_store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "a")));
        Assert.Equal([new Sample(1000, 3)], _store.SamplesOf(Labels.Of("__name__", "h_bucket", "job", "a", "le", "1.0")));
    }

    [Fact]
    public void A_histogram_that_goes_is_marked_stale_and_one_whose_series_do_not_agree_is_left_out()
    {
        Scrape(Exposition);
        Scrape(Exposition.Replace("""h_count{job="a"} 4""", """h_count{job="a"} 9""", StringComparison.Ordinal));

        IReadOnlyList<Sample> samples = _store.SamplesOf(Labels.Of("__name__", "h", "job", "a"));
        Assert.True(Staleness.IsMarker(Assert.Single(samples).Value));
        Assert.Equal(2, _store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "b")).Count);
    }

    [Fact]
    public void Relabelling_sees_the_native_histogram_and_not_the_classic_series()
    {
        _config = _config with
        {
            MetricRelabelConfigs =
            [
                new RelabelConfig { SourceLabels = ["__name__"], Regex = Pharos.Core.Matching.ReplacementRegex.Parse("h_bucket|up_total"), Action = RelabelAction.Drop },
            ],
        };
        Scrape(Exposition);

        Assert.Equal(3, _store.Series.Count);
        Assert.Single(_store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "a")));
    }

    [Fact]
    public void Names_and_values_that_need_quoting_stay_what_they_are()
    {
        Scrape("""
            # TYPE "my.h" histogram
            {"my.h_bucket",le="1","a\\b"="c\"d\ne"} 2
            {"my.h_bucket",le="+Inf","a\\b"="c\"d\ne"} 2
            {"my.h_count","a\\b"="c\"d\ne"} 2
            {"my.h_sum","a\\b"="c\"d\ne"} 1

            """);
        Assert.Single(_store.TimedHistogramsOf(Labels.Of("__name__", "my.h", "a\\b", "c\"d\ne")));
    }

    [Fact]
    public void Timestamps_of_their_own_and_exemplars_of_buckets_go_with_the_histogram()
    {
        Scrape(
            """
            # TYPE h histogram
            h_bucket{le="1.0"} 2 2.5 # {trace_id="x"} 0.7 2.0
            h_bucket{le="+Inf"} 2 2.5
            h_count 2 2.5
            h_sum 1 2.5
            # EOF

            """,
            openMetrics: true);
        Assert.Equal(2500, Assert.Single(_store.TimedHistogramsOf(Labels.Of("__name__", "h"))).Timestamp);
        Assert.Equal(0.7, Assert.Single(_exemplars.Exemplars).Exemplar.Value);
        Assert.Equal(_batch.Series[0], _exemplars.Exemplars[0].Series);
    }

    [Fact]
    public void More_buckets_than_the_job_admits_fail_the_scrape()
    {
        _config = _config with { NativeHistogramBucketLimit = 2 };
        ScrapeException e = Assert.Throws<ScrapeException>(() => Scrape(Exposition));
        Assert.Equal("histogram bucket limit exceeded", e.Message);
    }

    [Fact]
    public void A_series_that_the_store_dropped_is_made_anew_with_its_histogram()
    {
        Scrape(Exposition);
        _store.DropsBeforeAppend = 1;
        Scrape(Exposition);
        Assert.Equal(16_000, Assert.Single(_store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "a"))).Timestamp);
    }

    [Fact]
    public void Parts_are_found_again_after_series_were_forgotten()
    {
        for (int i = 0; i < 40; i++)
        {
            string others = string.Concat(Enumerable.Range(0, 100).Select(k => $"a{{i=\"{i}\",k=\"{k}\"}} 1\n"));
            Scrape(i % 2 == 0 ? others + Exposition : Exposition + others);
        }

        Assert.Equal(40, _store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "a")).Count);
        Assert.Equal(40, _store.TimedHistogramsOf(Labels.Of("__name__", "h", "job", "b")).Count);
    }

    private void Scrape(string exposition, bool openMetrics = false)
    {
        byte[] body = Encoding.UTF8.GetBytes(exposition.ReplaceLineEndings("\n"));
        _batch.Clear();
        _cache.Begin(_config, new SampleLabeler(_config, Labels.Empty, new ScrapeMetrics()), _batch, _time);
        if (openMetrics)
        {
            var reader = new OpenMetricsReader(body);
            _cache.Read(ref reader, body, unescapeQuotes: true);
        }
        else
        {
            var reader = new TextFormatReader(body);
            _cache.Read(ref reader, body, unescapeQuotes: false);
        }

        _cache.Create(_store);
        _cache.Complete(body);
        if (_store.Append(_batch).Refused > 0)
        {
            var again = new SampleBatch();
            _cache.Settle(_store, again);
            _store.Append(again);
        }

        _cache.StoreExemplars();
        _time += 15_000;
    }
}
