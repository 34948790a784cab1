using Pharos.PromQL.Explaining;

namespace Pharos.PromQL.Tests.Explaining;

public class EmptyCauseTests
{
    [Fact]
    public async Task A_name_that_nobody_has_is_told_with_the_names_that_look_like_it()
    {
        using ExplainScene scene = Store();
        (string node, ExplanationNote note) = await scene.WhyEmptyAsync("sum(rate(http_request_total[5m]))", 300);
        Assert.Equal(("http_request_total[5m]", ExplanationNoteKind.UnknownMetric, "http_request_total"), (node, note.Kind, note.Value));
        Assert.Equal(["http_requests_total"], note.Nearest);
        Assert.Equal("No series has the name http_request_total; there is http_requests_total.", note.Text);
    }

    [Fact]
    public async Task A_label_that_no_series_of_the_metric_has_is_told_with_those_it_has()
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync("""http_requests_total{jbo="api"}""", 300);
        Assert.Equal((ExplanationNoteKind.UnknownLabel, "jbo"), (note.Kind, note.Label));
        Assert.Equal("job", note.Nearest[0]);
    }

    [Theory]
    [InlineData("""http_requests_total{job="apu"}""", "job=\"apu\"", "api")]
    [InlineData("""http_requests_total{code=~"4.."}""", "code=~\"4..\"", "200")]
    [InlineData("""{job="wbe"}""", "job=\"wbe\"", "web")]
    public async Task A_value_that_the_label_never_has_is_told_with_those_it_has(string query, string matcher, string nearest)
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync(query, 300);
        Assert.Equal((ExplanationNoteKind.UnknownValue, matcher), (note.Kind, note.Matcher));
        Assert.Equal(nearest, note.Nearest[0]);
    }

    [Fact]
    public async Task Conditions_that_hold_alone_and_never_together_are_told()
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync("""http_requests_total{code="500",job="web"}""", 300);
        Assert.Equal((ExplanationNoteKind.Contradiction, "job=\"web\""), (note.Kind, note.Matcher));
        Assert.Equal("There are series for each condition, but none for job=\"web\" together with __name__=\"http_requests_total\" and code=\"500\".", note.Text);
    }

    [Fact]
    public async Task Series_that_ended_long_ago_are_told_with_their_newest_sample()
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync("http_requests_total", 7200);
        Assert.Equal((ExplanationNoteKind.OutsideRange, 3, 600_000L), (note.Kind, note.Count, note.LastAt));
        Assert.Equal((6_900_001L, 7_200_000L), note.Range);
        Assert.Equal("3 series match, but none has a sample between 1970-01-01 01:55:00Z and 1970-01-01 02:00:00Z; the newest before is of 1970-01-01 00:10:00Z.", note.Text);
    }

    [Fact]
    public async Task Series_that_are_all_newer_have_no_newest_before()
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync("http_requests_total offset 1h", 300);
        Assert.Equal((ExplanationNoteKind.OutsideRange, null), (note.Kind, note.LastAt));
        Assert.EndsWith("all are newer.", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_that_a_marker_ended_are_told()
    {
        using ExplainScene scene = new ExplainScene().Load("gone 1 2 stale");
        (_, ExplanationNote note) = await scene.WhyEmptyAsync("gone", 60);
        Assert.Equal((ExplanationNoteKind.Ended, 1), (note.Kind, note.Count));
    }

    [Theory]
    [InlineData("rate(http_requests_total[15s])", 15)]
    [InlineData("increase(http_requests_total[10s])", 10)]
    [InlineData("irate(http_requests_total[15s])", 15)]
    public async Task A_window_of_one_sample_is_told_with_one_that_would_do(string query, int window)
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync(query, 300);
        Assert.Equal(ExplanationNoteKind.TooFewSamples, note.Kind);
        Assert.Equal((TimeSpan.FromSeconds(window), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1)), (note.Window, note.Interval, note.SuggestedWindow));
        Assert.EndsWith("Samples are 15s apart: a window of 1m would do.", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subquery_with_one_step_in_its_window_is_told()
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync("deriv(sum(http_requests_total)[1m:1m])", 300);
        Assert.Equal((ExplanationNoteKind.TooFewSamples, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4)), (note.Kind, note.Interval, note.SuggestedWindow));
    }

    [Theory]
    [InlineData("http_requests_total > 1000", "a value > 1000", 20.0, 60.0)]
    [InlineData("1000 < http_requests_total", "1000 < a value", 20.0, 60.0)]
    [InlineData("http_requests_total == 0.5", "a value == 0.5", 20.0, 60.0)]
    public async Task A_comparison_that_never_holds_is_told_with_the_bounds_of_the_values(string query, string condition, double least, double greatest)
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync(query, 300);
        Assert.Equal(ExplanationNoteKind.Filtered, note.Kind);
        Assert.Equal((least, greatest), note.Values);
        Assert.Equal($"Nowhere is {condition}: values lie between 20 and 60.", note.Text);
    }

    [Fact]
    public async Task A_comparison_of_two_vectors_that_never_holds_is_told()
    {
        using ExplainScene scene = Store();
        (string node, ExplanationNote note) = await scene.WhyEmptyAsync("http_requests_total > http_requests_total + 1", 300);
        Assert.Equal((">", ExplanationNoteKind.Filtered), (node, note.Kind));
    }

    [Fact]
    public async Task A_histogram_whose_buckets_were_summed_up_is_told_with_what_to_write()
    {
        using ExplainScene scene = new ExplainScene().Load("""latency_bucket{job="a",le="1"} 0+1x20""", """latency_bucket{job="a",le="+Inf"} 0+2x20""");
        (string node, ExplanationNote note) = await scene.WhyEmptyAsync("histogram_quantile(0.9, sum by (job) (rate(latency_bucket[1m])))", 300);
        Assert.Equal(("histogram_quantile", ExplanationNoteKind.NoBuckets), (node, note.Kind));
        Assert.Equal("histogram_quantile needs the label le, and none of the 1 series has it. sum by (job) drops it: write sum by (job, le).", note.Text);
    }

    [Theory]
    [InlineData("absent(http_requests_total)", ExplanationNoteKind.Present)]
    [InlineData("absent_over_time(http_requests_total[5m])", ExplanationNoteKind.Present)]
    [InlineData("topk(0, http_requests_total)", ExplanationNoteKind.NothingAsked)]
    [InlineData("limit_ratio(0, http_requests_total)", ExplanationNoteKind.NothingAsked)]
    [InlineData("clamp(http_requests_total, 2, 1)", ExplanationNoteKind.NothingAsked)]
    [InlineData("http_requests_total unless on (job) http_requests_total", ExplanationNoteKind.Excluded)]
    [InlineData("histogram_quantile(0.9, http_requests_total)", ExplanationNoteKind.NoBuckets)]
    public async Task What_takes_everything_away_is_told(string query, ExplanationNoteKind kind)
    {
        using ExplainScene scene = Store();
        (_, ExplanationNote note) = await scene.WhyEmptyAsync(query, 300);
        Assert.Equal(kind, note.Kind);
    }

    [Fact]
    public async Task The_reason_is_looked_for_below_what_is_empty_only_because_its_operand_is()
    {
        using ExplainScene scene = Store();
        (string node, _) = await scene.WhyEmptyAsync("abs(sum(http_requests_total / nothing) or (nothing > 5))", 300);
        Assert.Equal("nothing", node);
        (node, _) = await scene.WhyEmptyAsync("nothing and http_requests_total", 300);
        Assert.Equal("nothing", node);
        (node, ExplanationNote note) = await scene.WhyEmptyAsync("http_requests_total > 1000 or http_requests_total > 2000", 300);
        Assert.Equal((">", "1000"), (node, note.Text.Split(' ', ':')[5]));
    }

    [Fact]
    public async Task Scalar_of_several_series_is_told_though_the_answer_is_not_empty()
    {
        using ExplainScene scene = Store();
        QueryExplanation explanation = await scene.InstantAsync("vector(scalar(http_requests_total))", 300);
        ExplanationNote note = Assert.Single(explanation.Nodes[1].Notes);
        Assert.Equal((ExplanationNoteKind.NotOne, 3, false), (note.Kind, note.Count, note.IsCause));
        Assert.Null(explanation.EmptyBecause);
    }

    [Fact]
    public async Task A_series_that_has_just_begun_is_counted_and_no_reason_to_widen_the_window()
    {
        using ExplainScene scene = Store();
        scene.Store.Add(Core.Labels.Labels.Of("__name__", "http_requests_total", "job", "new"), 290_000, 1.0);
        QueryExplanation explanation = await scene.InstantAsync("rate(http_requests_total[1m])", 300);
        Assert.Equal((3, 1), (explanation.Nodes[0].Series, explanation.Nodes[0].Dropped));
        Assert.Empty(explanation.Nodes[0].Notes);
        Assert.Null(explanation.EmptyBecause);
    }

    [Theory]
    [InlineData("abs(latency)", ExplanationNoteKind.HistogramsIgnored)]
    [InlineData("histogram_count(http_requests_total)", ExplanationNoteKind.NoBuckets)]
    [InlineData("histogram_quantile(0.5, latency) > 100", ExplanationNoteKind.Filtered)]
    public async Task Native_histograms_where_numbers_are_wanted_and_the_other_way_round_are_told(string query, ExplanationNoteKind kind)
    {
        using ExplainScene scene = Store().Load("latency {{schema:0 sum:5 count:4 buckets:[1 2 1]}}x40");
        (_, ExplanationNote note) = await scene.WhyEmptyAsync(query, 300);
        Assert.Equal(kind, note.Kind);
    }

    private static ExplainScene Store() => new ExplainScene().Load(
        """http_requests_total{job="api",code="200"} 0+1x40""",
        """http_requests_total{job="api",code="500"} 0+2x40""",
        """http_requests_total{job="web",code="200"} 0+3x40""",
        """up{job="api",instance="a:1"} 1x40""");
}
