using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Tests.Loops;

/// <summary>What targets say about series, on its way to the log.</summary>
public sealed class MetadataScrapeTests : IDisposable
{
    private const string First = """
        # HELP up_total How often.
        # TYPE up_total counter
        up_total{a="1"} 1
        # TYPE size histogram
        size_bucket{le="+Inf"} 1
        size_sum 1
        size_count 1
        # TYPE queue summary
        queue_sum 1
        # TYPE other gauge
        other_sum 1
        alone 1

        """;

    private readonly ScrapeHarness _harness = new();

    public MetadataScrapeTests()
    {
        _harness.Metadata.KeepsMetadata = true;
    }

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void New_series_bring_what_is_said_of_their_family_and_known_ones_nothing()
    {
        _harness.Scrape(First);
        Assert.Equal(
            [
                "queue_sum Summary ", "size_bucket Histogram ", "size_count Histogram ", "size_sum Histogram ", "up_total Counter How often.",
            ],
            Said().Distinct().Order(StringComparer.Ordinal));
        int before = _harness.Metadata.Metadata.Count;
        _harness.Scrape(First);
        Assert.Equal(before, _harness.Metadata.Metadata.Count);
        _harness.Scrape(First.Replace("alone 1", "alone 1\nup_total{a=\"2\"} 1", StringComparison.Ordinal));
        Assert.Equal(before + 1, _harness.Metadata.Metadata.Count);
    }

    [Fact]
    public void What_is_said_otherwise_than_before_is_said_again()
    {
        _harness.Scrape(First);
        _harness.Scrape(First.Replace("How often.", "How many times.", StringComparison.Ordinal));
        Assert.Contains("up_total Counter How many times.", Said());
    }

    [Fact]
    public void A_scrape_that_fails_says_nothing()
    {
        _harness.Scrape(First + "broken{\n");
        Assert.Empty(_harness.Metadata.Metadata);
    }

    [Fact]
    public void Where_it_is_not_kept_nothing_is_collected()
    {
        _harness.Metadata.KeepsMetadata = false;
        _harness.Scrape(First);
        Assert.Empty(_harness.Metadata.Metadata);
    }

    private IEnumerable<string> Said() => _harness.Metadata.Metadata.Select(said => $"{NameOf(said.Series)} {said.Type} {said.Help}");

    private string NameOf(SeriesRef series)
    {
        foreach (string name in (ReadOnlySpan<string>)["size_sum", "size_count", "queue_sum", "other_sum", "alone"])
        {
            if (_harness.Store.GetOrAdd(Labels.Of("__name__", name)) == series)
            {
                return name;
            }
        }

        return _harness.Store.GetOrAdd(Labels.Of("__name__", "size_bucket", "le", "+Inf")) == series ? "size_bucket" : "up_total";
    }
}
