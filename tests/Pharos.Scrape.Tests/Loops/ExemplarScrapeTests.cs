using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Tests.Loops;

public sealed class ExemplarScrapeTests : IDisposable
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    private readonly ScrapeHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Exemplars_of_counters_and_buckets_are_stored_with_their_series()
    {
        Scrape("""
            # TYPE hits counter
            hits_total 3 # {trace_id="7",span_id="8"} 1 1700000000.5
            # TYPE size histogram
            size_bucket{le="1.0"} 1 # {trace_id="9"} 0.5 1700000001
            size_bucket{le="+Inf"} 1
            size_count 1
            size_sum 0.5
            # EOF
            """);

        Assert.Equal(
            [
                new Exemplar(Labels.Of("span_id", "8", "trace_id", "7"), 1, 1_700_000_000_500, true),
                new Exemplar(Labels.Of("trace_id", "9"), 0.5, 1_700_000_001_000, true),
            ],
            Exemplars());
        SeriesRef hits = _harness.Store.GetOrAdd(Labels.Of("__name__", "hits_total"));
        Assert.Equal(hits, _harness.Exemplars.Exemplars[0].Series);
    }

    [Fact]
    public void An_exemplar_without_a_time_has_that_of_its_scrape()
    {
        Scrape("hits_total 3 # {} 1\n# EOF\n");
        Exemplar exemplar = Assert.Single(Exemplars());
        Assert.Equal((_harness.Time.GetUtcNow().ToUnixTimeMilliseconds(), false, 0), (exemplar.Timestamp, exemplar.HasTimestamp, exemplar.Labels.Count));
    }

    [Fact]
    public void Lines_that_are_known_still_give_their_exemplars()
    {
        for (int i = 1; i <= 3; i++)
        {
            Scrape($"# TYPE hits counter\nhits_total {i} # {{id=\"{i}\"}} {i} {i}\nother_total 1\n# EOF\n");
        }

        Assert.Equal(["1", "2", "3"], Exemplars().Select(static e => e.Labels["id"]));
    }

    // As upstream: what is escaped in an exemplar stays so; labels without a value are none.
    [Fact]
    public void Labels_are_taken_as_they_are_spelled()
    {
        Scrape("hits_total 3 # {a=\"x\\\"y\\\\z\",b=\"\"} 1 1\n# EOF\n");
        Assert.Equal(Labels.Of("a", "x\\\"y\\\\z"), Assert.Single(Exemplars()).Labels);
    }

    [Fact]
    public void Huge_labels_are_not_even_made()
    {
        Scrape($"hits_total 3 # {{a=\"{new string('x', 600)}\"}} 1 1\n# EOF\n");
        Assert.Empty(Exemplars());
    }

    [Fact]
    public void A_scrape_that_fails_leaves_no_exemplar_behind()
    {
        Scrape("hits_total 3 # {id=\"1\"} 1 1\nbroken\n# EOF\n");
        Scrape("hits_total 3 # {id=\"2\"} 1 1\n# EOF\n");
        Assert.Equal(["2"], Exemplars().Select(static e => e.Labels["id"]));
    }

    [Fact]
    public void A_sample_that_is_refused_keeps_its_exemplar_away()
    {
        Scrape("hits_total 3 20 # {id=\"1\"} 1 1\n# EOF\n");
        Scrape("hits_total 4 10 # {id=\"2\"} 1 2\n# EOF\n");
        Assert.DoesNotContain(_harness.Exemplars.Exemplars, static e => e.Exemplar.Labels["id"] == "2");
    }

    [Fact]
    public void A_series_that_the_store_forgot_is_made_anew_for_its_exemplar_too()
    {
        Scrape("hits_total 1 # {id=\"1\"} 1 1\n# EOF\n");
        _harness.Store.ForgetSeries();
        Scrape("hits_total 2 # {id=\"2\"} 1 2\n# EOF\n");

        SeriesExemplar last = _harness.Exemplars.Exemplars[^1];
        Assert.Equal((_harness.Store.GetOrAdd(Labels.Of("__name__", "hits_total")), "2"), (last.Series, last.Exemplar.Labels["id"]));
    }

    [Fact]
    public void Exemplars_out_of_order_are_told_and_counted()
    {
        Scrape("hits_total 1 # {id=\"1\"} 1 1\n# EOF\n");
        _harness.Exemplars.Late.Add(_harness.Exemplars.Exemplars[0].Series);
        Scrape("hits_total 2 # {id=\"2\"} 1 1\n# EOF\n");

        Assert.Equal(["Error on ingesting out-of-order exemplars: 1"], _harness.Log);
        Assert.Equal(1, _harness.Metrics.ExemplarsOutOfOrder.Value);
    }

    [Fact]
    public void Where_none_are_kept_or_exposed_the_store_is_not_asked()
    {
        Scrape("hits_total 1\n# EOF\n");
        _harness.Exemplars.KeepsExemplars = false;
        Scrape("hits_total 2 # {id=\"2\"} 1 1\n# EOF\n");
        Assert.Equal(0, _harness.Exemplars.Batches);
    }

    [Fact]
    public void The_text_format_has_no_exemplars()
    {
        _harness.Scrape("hits_total 1\n# {id=\"2\"} 1 1\n");
        Assert.Empty(_harness.Exemplars.Exemplars);
    }

    private void Scrape(string body) => _harness.Scrape(body.ReplaceLineEndings("\n"), OpenMetrics);

    private IEnumerable<Exemplar> Exemplars() => _harness.Exemplars.Exemplars.Select(static e => e.Exemplar);
}
