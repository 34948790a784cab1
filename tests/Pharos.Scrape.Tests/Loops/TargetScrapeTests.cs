using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Relabeling;
using Pharos.Core.Samples;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Tests.Loops;

public class TargetScrapeTests
{
    [Fact]
    public void A_scrape_stores_samples_and_its_report()
    {
        using var harness = new ScrapeHarness(null, "job", "j", "instance", "i");

        harness.Scrape("a 1\nb{x=\"y\"} 2\n");

        Assert.Equal("1", harness["{__name__=\"a\", instance=\"i\", job=\"j\"}"]);
        Assert.Equal("2", harness["{__name__=\"b\", instance=\"i\", job=\"j\", x=\"y\"}"]);
        Assert.Equal("1", harness["{__name__=\"up\", instance=\"i\", job=\"j\"}"]);
        Assert.Equal("0", harness["{__name__=\"scrape_duration_seconds\", instance=\"i\", job=\"j\"}"]);
        Assert.Equal("2", harness["{__name__=\"scrape_samples_scraped\", instance=\"i\", job=\"j\"}"]);
        Assert.Equal("2", harness["{__name__=\"scrape_samples_post_metric_relabeling\", instance=\"i\", job=\"j\"}"]);
        Assert.Equal("2", harness["{__name__=\"scrape_series_added\", instance=\"i\", job=\"j\"}"]);
        Assert.Equal(1, harness.Store.Batches);
        Assert.Equal(TargetHealth.Up, harness.Target.Health);
    }

    [Fact]
    public void Series_added_counts_what_the_last_good_scrape_did_not_have()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\nb 1\n");
        harness.Scrape("a 1\nb 1\n");
        harness.Scrape("a 1\nc 1\n");
        harness.Scrape("a 1\nb 1\nc 1\n");
        harness.Scrape("", error: "no");
        harness.Scrape("a 1\nb 1\nc 1\n");

        Assert.Equal("2 0 1 1 0 0", harness["{__name__=\"scrape_series_added\"}"]);
    }

    [Fact]
    public void A_series_that_disappears_is_marked_stale_once()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\nb 1\n");
        harness.Scrape("a 2\n");
        harness.Scrape("a 3\n");
        harness.Scrape("b 4\na 4\n");

        Assert.Equal("1 2 3 4", harness["{__name__=\"a\"}"]);
        Assert.Equal("1 stale 4", harness["{__name__=\"b\"}"]);
    }

    [Fact]
    public void A_failed_scrape_marks_everything_stale_and_says_up_0()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\nb 1\n");
        harness.Scrape("", error: "connection refused");
        harness.Scrape("", error: "connection refused");
        harness.Scrape("a 2\nb 2\n");

        Assert.Equal("1 stale 2", harness["{__name__=\"a\"}"]);
        Assert.Equal("1 0 0 1", harness["{__name__=\"up\"}"]);
        Assert.Equal(2, harness.Metrics.ScrapesFailed.Value);
    }

    [Fact]
    public void One_bad_line_fails_the_scrape_and_nothing_of_it_is_stored()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\nb 1\n");
        harness.Scrape("a 2\nnew 2\nb xyz\n");
        TargetView failed = harness.Target.View();
        harness.Scrape("a 3\nb 3\n");

        Assert.Equal("1 stale 3", harness["{__name__=\"a\"}"]);
        Assert.Equal("1 stale 3", harness["{__name__=\"b\"}"]);
        Assert.Equal("", harness["{__name__=\"new\"}"]);
        Assert.Equal("1 0 1", harness["{__name__=\"up\"}"]);
        Assert.Equal("2 2 2", harness["{__name__=\"scrape_samples_scraped\"}"]);
        Assert.Equal("strconv.ParseFloat: parsing \"xyz\": invalid syntax while parsing: \"b xyz\"", failed.LastError);
        Assert.Equal(TargetHealth.Down, failed.Health);
        Assert.Equal(TargetHealth.Up, harness.Target.Health);
    }

    [Fact]
    public void An_empty_body_is_a_good_scrape_without_samples()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\n");
        harness.Scrape("");

        Assert.Equal("1 stale", harness["{__name__=\"a\"}"]);
        Assert.Equal("1 1", harness["{__name__=\"up\"}"]);
    }

    [Fact]
    public void A_series_that_is_spelled_otherwise_has_not_gone()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a{b=\"c\",d=\"e\"} 1\n");
        harness.Scrape("a{d=\"e\",b=\"c\"} 2\n");
        harness.Scrape("a{d=\"e\", b=\"c\"} 3\n");

        Assert.Equal("1 2 3", harness["{__name__=\"a\", b=\"c\", d=\"e\"}"]);
    }

    [Fact]
    public void A_target_that_ended_leaves_markers_for_its_series_and_its_report()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\n");
        harness.Time.Advance(TimeSpan.FromSeconds(15));
        harness.ScrapeEnd();

        Assert.Equal("1 stale", harness["{__name__=\"a\"}"]);
        Assert.Equal("1 stale", harness["{__name__=\"up\"}"]);
        Assert.Equal("1 stale", harness["{__name__=\"scrape_samples_scraped\"}"]);
    }

    [Fact]
    public void Timestamps_are_honoured_and_their_series_get_no_markers_unless_tracked()
    {
        long time = new DateTimeOffset(2026, 11, 20, 0, 0, 1, TimeSpan.Zero).ToUnixTimeMilliseconds();
        using var honoured = new ScrapeHarness();
        using var ignored = new ScrapeHarness(ScrapeHarness.Job with { HonorTimestamps = false });
        using var tracked = new ScrapeHarness(ScrapeHarness.Job with { TrackTimestampsStaleness = true });
        foreach (ScrapeHarness harness in (ReadOnlySpan<ScrapeHarness>)[honoured, ignored, tracked])
        {
            harness.Scrape($"a 1 {time}\n");
            harness.Scrape("b 1\n");
        }

        Assert.Equal(time, honoured.Store.Samples[0].Sample.Timestamp);
        Assert.Equal("1", honoured["{__name__=\"a\"}"]);
        Assert.Equal(time + 14_000, ignored.Store.Samples[0].Sample.Timestamp);
        Assert.Equal("1 stale", ignored["{__name__=\"a\"}"]);
        Assert.Equal("1 stale", tracked["{__name__=\"a\"}"]);
    }

    [Fact]
    public void Samples_far_in_the_future_or_older_than_the_last_are_refused_and_counted()
    {
        using var harness = new ScrapeHarness();
        long now = harness.Time.GetUtcNow().ToUnixTimeMilliseconds();
        harness.Scrape($"a 1 {now + 5000}\nfar 1 {now + 3_600_000}\n");
        harness.Scrape($"a 2 {now + 4000}\n");

        Assert.Equal("1", harness["{__name__=\"a\"}"]);
        Assert.Equal("", harness["{__name__=\"far\"}"]);
        Assert.Equal(1, harness.Metrics.OutOfBounds.Value);
        Assert.Equal(1, harness.Metrics.OutOfOrder.Value);
        Assert.Equal("1 1", harness["{__name__=\"up\"}"]);
        Assert.Contains("Error on ingesting out-of-order samples: 1", harness.Log);
    }

    [Fact]
    public void A_series_exposed_twice_is_stored_once_and_counted()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\na 2\n");
        harness.Scrape("a 3\na 4\n");

        Assert.Equal("1 3", harness["{__name__=\"a\"}"]);
        Assert.Equal(2, harness.Metrics.DuplicateTimestamps.Value);
        Assert.Equal("2 2", harness["{__name__=\"scrape_samples_post_metric_relabeling\"}"]);
    }

    [Fact]
    public void Target_labels_win_and_exposed_ones_are_renamed()
    {
        using var harness = new ScrapeHarness(null, "job", "j", "exported_job", "x");
        harness.Scrape("a{job=\"mine\",exported_job=\"old\",other=\"o\"} 1\n");

        Assert.Contains("{__name__=\"a\", exported_exported_exported_job=\"old\", exported_exported_job=\"mine\", exported_job=\"x\", job=\"j\", other=\"o\"}", harness.Store.SeriesNames);
    }

    [Fact]
    public void With_honor_labels_exposed_labels_win_and_an_empty_one_keeps_the_targets_away()
    {
        using var harness = new ScrapeHarness(ScrapeHarness.Job with { HonorLabels = true }, "job", "j", "instance", "i");
        harness.Scrape("a{job=\"mine\",instance=\"\"} 1\nb 1\n");

        Assert.Contains("{__name__=\"a\", job=\"mine\"}", harness.Store.SeriesNames);
        Assert.Contains("{__name__=\"b\", instance=\"i\", job=\"j\"}", harness.Store.SeriesNames);
    }

    [Fact]
    public void Metric_relabelling_drops_and_renames()
    {
        RelabelConfig[] steps =
        [
            new() { SourceLabels = ["__name__"], Regex = ReplacementRegex.Parse("go_.*"), Action = RelabelAction.Drop },
            new() { SourceLabels = ["x"], Regex = ReplacementRegex.Parse("(.+)"), TargetLabel = "y" },
        ];
        using var harness = new ScrapeHarness(ScrapeHarness.Job with { MetricRelabelConfigs = steps });
        harness.Scrape("go_a 1\nb{x=\"v\"} 1\n");
        harness.Scrape("go_a 1\nb{x=\"v\"} 2\n");

        Assert.Equal("1 2", harness["{__name__=\"b\", x=\"v\", y=\"v\"}"]);
        Assert.DoesNotContain(harness.Store.SeriesNames, static s => s.Contains("go_a", StringComparison.Ordinal));
        Assert.Equal("2 2", harness["{__name__=\"scrape_samples_scraped\"}"]);
        Assert.Equal("1 1", harness["{__name__=\"scrape_samples_post_metric_relabeling\"}"]);
        Assert.Equal("1 0", harness["{__name__=\"scrape_series_added\"}"]);
    }

    [Fact]
    public void Over_the_sample_limit_nothing_is_stored_and_everything_counted()
    {
        using var harness = new ScrapeHarness(ScrapeHarness.Job with { SampleLimit = 2 });
        harness.Scrape("a 1\nb 1\n");
        harness.Scrape("a 1\nb 1\nc 1\nd 1\n");

        Assert.Equal("1 stale", harness["{__name__=\"a\"}"]);
        Assert.Equal("1 0", harness["{__name__=\"up\"}"]);
        Assert.Equal("2 4", harness["{__name__=\"scrape_samples_scraped\"}"]);
        Assert.Equal("sample limit exceeded", harness.Target.View().LastError);
        Assert.Equal(1, harness.Metrics.ExceededSampleLimit.Value);
    }

    [Theory]
    [InlineData(2, 0, 0, "label_limit exceeded (metric: a, number of labels: 3, limit: 2)")]
    [InlineData(0, 8, 0, "label_name_length_limit exceeded (metric: a, label name: long_name, length: 9, limit: 8)")]
    [InlineData(0, 0, 3, "label_value_length_limit exceeded (metric: a, label name: long_name, value: \"wxyz\", length: 4, limit: 3)")]
    public void Label_limits_fail_the_scrape(int labels, int names, int values, string error)
    {
        using var harness = new ScrapeHarness(ScrapeHarness.Job with { LabelLimit = labels, LabelNameLengthLimit = names, LabelValueLengthLimit = values });
        harness.Scrape("a{b=\"c\",long_name=\"wxyz\"} 1\n");

        Assert.Equal(error, harness.Target.View().LastError);
        Assert.Equal("0", harness["{__name__=\"up\"}"]);
        Assert.Equal(1, harness.Metrics.ExceededLabelLimits.Value);
    }

    [Fact]
    public void A_label_given_twice_fails_the_scrape()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a{b=\"c\",b=\"d\"} 1\n");
        Assert.Equal("label name \"b\" is not unique: invalid sample", harness.Target.View().LastError);
        Assert.Equal("1", harness["{__name__=\"scrape_samples_scraped\"}"]);
        Assert.Equal("0", harness["{__name__=\"scrape_samples_post_metric_relabeling\"}"]);
    }

    [Fact]
    public void Under_the_legacy_scheme_a_utf8_name_fails_the_scrape()
    {
        using var harness = new ScrapeHarness(ScrapeHarness.Job with { NameValidation = Core.Labels.NameValidation.Legacy });
        harness.Scrape("{\"a.b\"} 1\n");
        Assert.Equal("invalid metric name or label names: {__name__=\"a.b\"}", harness.Target.View().LastError);
    }

    [Fact]
    public void Extra_metrics_say_timeout_limit_and_size()
    {
        using var harness = new ScrapeHarness(ScrapeHarness.Job with { ExtraScrapeMetrics = true, SampleLimit = 9 });
        harness.Scrape("a 1\n");

        Assert.Equal("10", harness["{__name__=\"scrape_timeout_seconds\"}"]);
        Assert.Equal("9", harness["{__name__=\"scrape_sample_limit\"}"]);
        Assert.Equal("4", harness["{__name__=\"scrape_body_size_bytes\"}"]);
    }

    [Fact]
    public void Series_that_the_store_forgot_are_made_anew_and_lose_no_sample()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("# TYPE a histogram\na_bucket{le=\"1\"} 1\n");
        harness.Store.ForgetSeries();
        harness.Scrape("# TYPE a histogram\na_bucket{le=\"1\"} 2\n");
        harness.Scrape("# TYPE a histogram\na_bucket{le=\"1\"} 3\n");

        Assert.Equal("1 2 3", harness["{__name__=\"a_bucket\", le=\"1.0\"}"]);
        Assert.Equal("1 1 1", harness["{__name__=\"up\"}"]);
    }

    [Fact]
    public void A_store_at_its_limit_fails_the_scrape_with_a_clear_word()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("a 1\n");
        harness.Store.Failure = new SeriesLimitException(1);
        harness.Scrape("b 1\n");
        Assert.Equal("the limit of 1 series in the head is reached", harness.Target.View().LastError);

        harness.Store.Failure = new StorageUnavailableException("disk full");
        harness.Scrape("a 1\n");
        Assert.Contains("commit: disk full", harness.Log);
        harness.Store.Failure = null;
        harness.Scrape("a 5\n");
        Assert.EndsWith(" 5", harness["{__name__=\"a\"}"], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_known_content_type_the_scrape_fails_unless_a_fallback_is_named()
    {
        using var strict = new ScrapeHarness();
        using var fallback = new ScrapeHarness(ScrapeHarness.Job with { FallbackScrapeProtocol = ScrapeProtocol.PrometheusText004 });
        strict.Scrape("a 1\n", "text/html");
        fallback.Scrape("a 1\n", "text/html");

        Assert.Equal("received unsupported Content-Type \"text/html\" and no fallback_scrape_protocol specified for target", strict.Target.View().LastError);
        Assert.Equal("1", fallback["{__name__=\"a\"}"]);
    }

    [Fact]
    public void Metadata_is_kept_while_its_family_is_exposed_and_ten_scrapes_longer()
    {
        using var harness = new ScrapeHarness();
        harness.Scrape("# HELP a first\\n\n# TYPE a counter\na 1\n# HELP b second\n# TYPE b gauge\nb 1\n# TYPE tail gauge\n");
        for (int i = 0; i < 40; i++)
        {
            harness.Scrape("# HELP a first\\n\n# TYPE a counter\na 1\n# TYPE tail gauge\n");
        }

        Assert.Equal(
            [new MetricMetadata("a", MetricType.Counter, "first\n", ""), new MetricMetadata("tail", MetricType.Gauge, "", "")],
            harness.Target.View().ListMetadata().OrderBy(static m => m.Family, StringComparer.Ordinal));
    }
}
