using Pharos.Core.Matching;
using Pharos.Core.Relabeling;

namespace Pharos.Scrape.Tests.Loops;

public class TypeAndUnitScrapeTests
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    [Fact]
    public void Type_and_unit_of_the_family_are_labels_of_its_series()
    {
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels();
        harness.Scrape("# TYPE took_seconds histogram\n# UNIT took_seconds seconds\ntook_seconds_bucket{le=\"1\"} 1\ntook_seconds_sum 1\n# EOF\n", OpenMetrics);

        Assert.Equal(
            ["{__name__=\"took_seconds_bucket\", __type__=\"histogram\", __unit__=\"seconds\", le=\"1.0\"}", "{__name__=\"took_seconds_sum\", __type__=\"histogram\", __unit__=\"seconds\"}"],
            Scraped(harness));
    }

    [Fact]
    public void The_series_that_the_scrape_makes_itself_have_neither()
    {
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels();
        harness.Scrape("# TYPE a gauge\na 1\n");
        Assert.Equal("1", harness["{__name__=\"up\"}"]);
    }

    [Theory]
    [InlineData("# TYPE a untyped\na 1\n", "text/plain", "{__name__=\"a\"}")]
    [InlineData("a 1\n", "text/plain", "{__name__=\"a\"}")]
    [InlineData("# TYPE a counter\n# UNIT a_s s\na 1\n", "text/plain", "{__name__=\"a\", __type__=\"counter\"}")]
    [InlineData("# TYPE a unknown\n# EOF\n", OpenMetrics, "")]
    [InlineData("# TYPE a unknown\na 1\n# EOF\n", OpenMetrics, "{__name__=\"a\"}")]
    [InlineData("# TYPE a stateset\na 1\n# EOF\n", OpenMetrics, "{__name__=\"a\", __type__=\"stateset\"}")]
    [InlineData("# TYPE a gaugehistogram\na_bucket{le=\"1\"} 1\n# EOF\n", OpenMetrics, "{__name__=\"a_bucket\", __type__=\"gaugehistogram\", le=\"1\"}")]
    public void What_is_not_known_is_no_label(string body, string contentType, string expected)
    {
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels();
        harness.Scrape(body, contentType);
        Assert.Equal(expected.Length == 0 ? [] : [expected], Scraped(harness));
    }

    [Fact]
    public void What_the_family_says_replaces_what_the_series_says_of_itself()
    {
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels();
        harness.Scrape("# TYPE a gauge\na{__type__=\"x\",__unit__=\"y\"} 1\n# EOF\n", OpenMetrics);
        Assert.Equal(["{__name__=\"a\", __type__=\"gauge\", __unit__=\"y\"}"], Scraped(harness));
    }

    // As upstream: a unit holds until the next UNIT line, whatever families come in between.
    [Fact]
    public void A_unit_holds_for_known_lines_and_those_that_come_new_behind_them()
    {
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels();
        harness.Scrape("# TYPE a_s gauge\n# UNIT a_s s\na_s 1\n# TYPE b gauge\nb 1\n# EOF\n", OpenMetrics);
        harness.Scrape("# TYPE a_s gauge\n# UNIT a_s s\na_s 1\na_s{new=\"1\"} 1\n# TYPE b gauge\nb 1\nb{new=\"1\"} 1\n# EOF\n", OpenMetrics);
        harness.Scrape("# TYPE a_s gauge\n# UNIT a_s s\na_s 1\na_s{new=\"1\"} 1\n# TYPE b gauge\nb 1\nb{new=\"1\"} 1\nb{new=\"2\"} 1\n# EOF\n", OpenMetrics);

        Assert.Equal(
            [
                "{__name__=\"a_s\", __type__=\"gauge\", __unit__=\"s\", new=\"1\"}",
                "{__name__=\"a_s\", __type__=\"gauge\", __unit__=\"s\"}",
                "{__name__=\"b\", __type__=\"gauge\", __unit__=\"s\", new=\"1\"}",
                "{__name__=\"b\", __type__=\"gauge\", __unit__=\"s\", new=\"2\"}",
                "{__name__=\"b\", __type__=\"gauge\", __unit__=\"s\"}",
            ],
            Scraped(harness));
    }

    [Fact]
    public void A_series_that_the_store_forgot_is_made_anew_with_both()
    {
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels();
        const string Body = "# TYPE a_s gauge\n# UNIT a_s s\na_s 1\n# EOF\n";
        harness.Scrape(Body, OpenMetrics);
        harness.Store.ForgetSeries();
        harness.Scrape(Body, OpenMetrics);
        Assert.Equal("1 1", harness["{__name__=\"a_s\", __type__=\"gauge\", __unit__=\"s\"}"]);
    }

    [Fact]
    public void Relabelling_sees_them()
    {
        var drop = new RelabelConfig { SourceLabels = ["__type__"], Regex = ReplacementRegex.Parse("gauge"), Action = RelabelAction.Drop };
        using ScrapeHarness harness = ScrapeHarness.WithTypeAndUnitLabels(ScrapeHarness.Job with { MetricRelabelConfigs = [drop] });
        harness.Scrape("# TYPE a gauge\na 1\n# TYPE b counter\nb 1\n");
        Assert.Equal(["{__name__=\"b\", __type__=\"counter\"}"], Scraped(harness));
    }

    [Fact]
    public void Without_the_feature_there_are_none()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("# TYPE a_s gauge\n# UNIT a_s s\na_s 1\n# EOF\n", OpenMetrics);
        Assert.Equal(["{__name__=\"a_s\"}"], Scraped(harness));
    }

    private static IEnumerable<string> Scraped(ScrapeHarness harness) =>
        harness.Store.SeriesNames.Where(static name => !name.Contains("\"up\"", StringComparison.Ordinal) && !name.Contains("\"scrape_", StringComparison.Ordinal));
}
