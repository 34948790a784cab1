using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.PromQL.Sources;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Views;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class RecordingRuleTests : IDisposable
{
    private readonly RuleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_result_is_stored_under_the_name_with_the_labels_of_group_and_rule()
    {
        using RuleGroup group = _bench.Group("""
            groups:
            - name: g
              labels: {team: infra, kind: group}
              rules:
              - {record: "job:up:sum", expr: sum by (job) (up), labels: {kind: sum}}
              - {record: "again", expr: "job:up:sum * 10"}
              - {record: "constant", expr: "42"}
              - {record: "bare", expr: "up", labels: {job: "", instance: ""}}
            """);
        _bench.Set("up{job='a', instance='x'}", 1);

        await _bench.EvaluateAsync(group);

        Assert.Equal("job:up:sum{job=\"a\", kind=\"sum\", team=\"infra\"} 1", await _bench.QueryAsync("job:up:sum"));
        Assert.Equal("again{job=\"a\", kind=\"group\", team=\"infra\"} 10", await _bench.QueryAsync("again"));
        Assert.Equal("constant{kind=\"group\", team=\"infra\"} 42", await _bench.QueryAsync("constant"));
        Assert.Equal("bare{kind=\"group\", team=\"infra\"} 1", await _bench.QueryAsync("bare"));
        Assert.Equal(4, group.GetStatistics().LastSamples);
    }

    [Fact]
    public async Task A_series_that_the_expression_does_not_give_any_more_is_marked_stale_once()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'm > 0'}]}]");
        _bench.Set("m{a='1'}", 1);
        _bench.Set("m{a='2'}", 2);
        await _bench.EvaluateAsync(group);
        _bench.Set("m{a='1'}", 0);
        await _bench.EvaluateAsync(group);
        await _bench.EvaluateAsync(group);

        Assert.Equal("0:1 60:stale", _bench.SamplesOf("r{a='1'}"));
        Assert.Equal("0:2 60:2 120:2", _bench.SamplesOf("r{a='2'}"));
    }

    [Fact]
    public async Task The_query_offset_moves_both_the_query_and_the_sample()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, query_offset: 30s, rules: [{record: r, expr: 'm'}, {record: t, expr: 'time()'}]}]");
        _bench.Set("m", 1);
        _bench.Clock.Advance(TimeSpan.FromSeconds(45));
        _bench.Set("m", 2);

        await _bench.EvaluateAsync(group);

        Assert.Equal("15:1", _bench.SamplesOf("r"));
        Assert.Equal($"t {_bench.Now.ToUnixTimeSeconds() - 90}", await _bench.QueryAsync("t", 90));
    }

    [Fact]
    public async Task The_query_offset_of_the_configuration_is_for_groups_without_their_own()
    {
        _bench.Environment = _bench.Environment with { QueryOffset = TimeSpan.FromSeconds(10) };
        using RuleGroup inherits = _bench.Group("groups: [{name: g, rules: [{record: inherits, expr: '1'}]}]");
        using RuleGroup refuses = _bench.Group("groups: [{name: g, query_offset: 0s, rules: [{record: refuses, expr: '1'}]}]");
        _bench.Clock.Advance(TimeSpan.FromSeconds(60));

        await _bench.EvaluateAsync(inherits, 0);
        await _bench.EvaluateAsync(refuses, 0);

        Assert.Equal("50:1", _bench.SamplesOf("inherits"));
        Assert.Equal("60:1", _bench.SamplesOf("refuses"));
    }

    [Fact]
    public async Task More_series_than_the_limit_are_an_error_and_none_is_stored()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, limit: 1, rules: [{record: r, expr: 'm'}]}]");
        _bench.Set("m{a='1'}", 1);
        await _bench.EvaluateAsync(group);
        _bench.Set("m{a='2'}", 1);
        await _bench.EvaluateAsync(group);

        RuleView rule = group.View().Rules[0];
        Assert.Equal((RuleHealth.Error, "exceeded limit of 1 with 2 series"), (rule.Health, rule.LastError));
        Assert.Equal("0:1", _bench.SamplesOf("r{a='1'}"));
        Assert.Equal((2, 1), (group.GetStatistics().Evaluations, group.GetStatistics().EvaluationFailures));
        Assert.Equal(["g/r: exceeded limit of 1 with 2 series"], _bench.Log.Lines);
    }

    [Theory]
    [InlineData("{record: r, expr: 'm', labels: {a: ''}}", "vector contains metrics with the same labelset after applying rule labels")]
    [InlineData("{record: r, expr: 'm[5m]'}", "rule result is not a vector or scalar")]
    [InlineData("{record: r, expr: '\"text\"'}", "rule result is not a vector or scalar")]
    [InlineData("{record: r, expr: 'm + on () m'}", "found duplicate series for the match group")]
    public async Task What_cannot_be_recorded_is_said_at_the_rule_and_the_next_rule_runs(string rule, string error)
    {
        using RuleGroup group = _bench.Group($"groups: [{{name: g, rules: [{rule}, {{record: next, expr: '1'}}]}}]");
        _bench.Set("m{a='1'}", 1);
        _bench.Set("m{a='2'}", 1);

        await _bench.EvaluateAsync(group);

        RuleView view = group.View().Rules[0];
        Assert.Equal(RuleHealth.Error, view.Health);
        Assert.StartsWith(error, view.LastError, StringComparison.Ordinal);
        Assert.Equal("next 1", await _bench.QueryAsync("next"));
        Assert.Equal((RuleHealth.Ok, ""), (group.View().Rules[1].Health, group.View().Rules[1].LastError));
    }

    [Fact]
    public async Task Two_rules_that_give_one_series_are_told_so_and_the_first_stays()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: '1'}, {record: r, expr: '2'}]}]");

        await _bench.EvaluateAsync(group);

        Assert.Equal("0:1", _bench.SamplesOf("r"));
        Assert.Equal("duplicate sample for timestamp", group.View().Rules[1].LastError);
        Assert.Equal(["g/r: Error on ingesting results from rule evaluation with different value but same timestamp (1)"], _bench.Log.Lines);
        Assert.Equal(0, group.GetStatistics().EvaluationFailures);
    }

    [Fact]
    public async Task A_rule_before_its_first_evaluation_is_unknown_and_then_says_when_and_how_long()
    {
        using RuleGroup group = _bench.Group("groups:\n- name: g\n  rules:\n  - record: r\n    expr: sum( up )\n");
        RuleView before = group.View().Rules[0];
        DateTimeOffset time = _bench.Now;

        await _bench.EvaluateAsync(group);

        RuleView after = group.View().Rules[0];
        Assert.Equal((RuleHealth.Unknown, null, TimeSpan.Zero), (before.Health, before.LastEvaluation, before.EvaluationDuration));
        Assert.Equal((RuleHealth.Ok, time), (after.Health, after.LastEvaluation));
        Assert.Equal(("sum( up )", "sum(up)", 4), (after.ExprText, after.Query, after.Position.Line));
        Assert.Equal(time, group.View().LastEvaluation);
    }

    [Fact]
    public async Task Native_histograms_are_stored_and_end_with_a_staleness_marker()
    {
        var batch = new SampleBatch();
        batch.Add(_bench.Store.GetOrAdd(RuleBench.LabelsOf("h{job='a'}")), _bench.Now.ToUnixTimeMilliseconds(), new NativeHistogram(new IntegerHistogram
        {
            Count = 3,
            Sum = 7,
            PositiveSpans = [new BucketSpan(1, 2)],
            PositiveDeltas = [2, -1],
        }));
        batch.Add(_bench.Store.GetOrAdd(RuleBench.LabelsOf("number{job='b'}")), _bench.Now.ToUnixTimeMilliseconds(), 5.0);
        Assert.Equal(2, _bench.Store.Append(batch).Appended);
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'h * 2 or number'}]}]");

        await _bench.EvaluateAsync(group);

        Assert.Equal("", Assert.Single(group.View().Rules).LastError);
        Assert.Equal("{job=\"a\"} 6", await _bench.QueryAsync("histogram_count(r)"));
        Assert.Equal("{job=\"a\"} 14", await _bench.QueryAsync("histogram_sum(r)"));
        Assert.Equal("r{job=\"b\"} 5", await _bench.QueryAsync("r{job='b'}"));

        _bench.SetStale("h{job='a'}");
        await _bench.EvaluateAsync(group);
        Assert.Equal("", await _bench.QueryAsync("histogram_count(r)"));
    }

    [Fact]
    public async Task A_histogram_that_cannot_be_stored_is_told_and_left_out()
    {
        var source = new InMemorySeriesSource();
        source.Add(RuleBench.LabelsOf("h{job='a'}"), _bench.Now.ToUnixTimeMilliseconds(), new FloatHistogram { Count = 3, Sum = 7 });
        _bench.Options = _bench.Options with { Source = source };
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'h * -1'}]}]");

        await _bench.EvaluateAsync(group, 0);

        Assert.Equal("observation count is  -3: histogram's observation count is negative", Assert.Single(group.View().Rules).LastError);
        Assert.Equal("", await _bench.QueryAsync("r", 0));
    }
}
