using Pharos.Core.Contracts;
using Pharos.PromQL;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Views;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class RuleGroupTests : IDisposable
{
    private readonly RuleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_changed_group_goes_on_with_the_alerts_of_the_rules_that_it_still_has()
    {
        using RuleGroup before = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1', for: 2m}, {alert: B, expr: 'm > 1', labels: {x: y}}]}]");
        _bench.Set("m", 2);
        DateTimeOffset start = _bench.Now;
        await _bench.EvaluateAsync(before);
        _bench.Sink.Take();
        _bench.Journal.Take();

        using RuleGroup after = _bench.Group("groups: [{name: g, rules: [{record: new, expr: '1'}, {alert: A, expr: 'm > 0', for: 3m, annotations: {a: b}}]}]", before);
        await _bench.EvaluateAsync(after);

        AlertView alert = Assert.Single(after.View().Rules[1].Alerts);
        Assert.Equal((AlertState.Pending, start), (alert.State, alert.ActiveAt));
        Assert.Equal("0:1 60:stale", _bench.SamplesOf("ALERTS{alertname='B'}"));
        Assert.Equal("0:1 60:1", _bench.SamplesOf("ALERTS{alertname='A'}"));
        Assert.Equal(["AlertResolved B: the rule is not configured any more"], _bench.Journal.Take());
        Assert.Empty(_bench.Sink.Take());
        Assert.Equal((2, 4), (after.GetStatistics().Iterations, after.GetStatistics().Evaluations));
    }

    [Fact]
    public async Task A_firing_alert_waits_again_when_its_for_grew_beyond_its_age()
    {
        using RuleGroup before = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1'}]}]");
        _bench.Set("m", 2);
        await _bench.EvaluateAsync(before);
        using RuleGroup after = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1', for: 5m}]}]", before);
        await _bench.EvaluateAsync(after);

        AlertView alert = Assert.Single(after.View().Rules[0].Alerts);
        Assert.Equal((AlertState.Pending, null, null), (alert.State, alert.FiredAt, alert.LastSentAt));
    }

    [Fact]
    public async Task Rules_of_one_name_and_labels_are_matched_in_their_order()
    {
        using RuleGroup before = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'm{i=\"1\"}'}, {record: r, expr: 'm{i=\"2\"}'}]}]");
        _bench.Set("m{i='1'}", 1);
        _bench.Set("m{i='2'}", 2);
        await _bench.EvaluateAsync(before);
        using RuleGroup after = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'm{i=\"1\"} + 0'}]}]", before);
        await _bench.EvaluateAsync(after);

        Assert.Equal("0:2 60:stale", _bench.SamplesOf("r{i='2'}"));
        Assert.Equal("0:1 60:1", _bench.SamplesOf("r{i='1'}"));
    }

    [Fact]
    public async Task The_series_of_a_group_that_is_gone_are_marked_stale_two_intervals_later_unless_others_go_on_with_them()
    {
        using RuleGroup gone = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'm'}, {alert: A, expr: m}]}]");
        _bench.Set("m{i='1'}", 1);
        _bench.Set("m{i='2'}", 2);
        await _bench.EvaluateAsync(gone, 30);
        Task ending = gone.EndAsync(TestContext.Current.CancellationToken);
        using RuleGroup other = _bench.Group("groups: [{name: other, rules: [{record: r, expr: 'm{i=\"2\"}'}]}]");
        _bench.Clock.Advance(TimeSpan.FromSeconds(30));
        await _bench.EvaluateAsync(other, 60);
        Assert.False(ending.IsCompleted);
        _bench.Clock.Advance(TimeSpan.FromSeconds(60));
        await ending;

        Assert.Equal("0:1 30:stale", _bench.SamplesOf("r{i='1'}"));
        Assert.Equal("0:2 60:2", _bench.SamplesOf("r{i='2'}"));
        Assert.Equal("0:1 30:stale", _bench.SamplesOf("ALERTS{i='1'}"));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_said_at_the_rule_and_nothing_is_lost_from_the_state()
    {
        var appender = new FailingAppender(_bench.Store);
        _bench.Options = _bench.Options with { Appender = appender };
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'm > 0'}]}]");
        _bench.Set("m", 1);
        await _bench.EvaluateAsync(group);
        appender.Failure = new StorageUnavailableException("the disk is full");
        await _bench.EvaluateAsync(group);
        Assert.Equal((RuleHealth.Error, "the disk is full"), (group.View().Rules[0].Health, group.View().Rules[0].LastError));
        appender.Failure = null;
        _bench.Set("m", 0);
        await _bench.EvaluateAsync(group);

        Assert.Equal((RuleHealth.Ok, ""), (group.View().Rules[0].Health, group.View().Rules[0].LastError));
        Assert.Equal("0:1 120:stale", _bench.SamplesOf("r"));
        Assert.Equal((3, 1), (group.GetStatistics().Evaluations, group.GetStatistics().EvaluationFailures));
    }

    [Fact]
    public async Task At_the_limit_of_series_those_that_are_known_are_stored_all_the_same()
    {
        var appender = new FailingAppender(_bench.Store);
        _bench.Options = _bench.Options with { Appender = appender };
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: 'm'}]}]");
        _bench.Set("m{i='1'}", 1);
        await _bench.EvaluateAsync(group);
        appender.RefusesNewSeries = true;
        _bench.Set("m{i='2'}", 1);
        await _bench.EvaluateAsync(group);

        Assert.Equal("the limit of 7 series in the head is reached", group.View().Rules[0].LastError);
        Assert.Equal("0:1 60:1", _bench.SamplesOf("r{i='1'}"));
    }

    [Fact]
    public async Task A_series_that_retention_dropped_meanwhile_is_made_anew()
    {
        var appender = new Testing.RecordingAppender();
        _bench.Options = _bench.Options with { Appender = appender };
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: '1'}, {record: s, expr: 'm'}]}]");
        _bench.Set("m", 1);
        await _bench.EvaluateAsync(group);
        appender.ForgetSeries();
        _bench.SetStale("m");
        await _bench.EvaluateAsync(group);

        Assert.Equal("1 1", appender.ValuesOf("{__name__=\"r\"}"));
        Assert.Equal("1", appender.ValuesOf("{__name__=\"s\"}"));
        Assert.All(group.View().Rules, static rule => Assert.Equal(RuleHealth.Ok, rule.Health));
    }

    [Fact]
    public async Task An_evaluation_under_way_when_the_server_stops_sends_and_stores_nothing()
    {
        using var shutdown = new CancellationTokenSource();
        _bench.Options = _bench.Options with { Source = new CancellingSource(_bench.Store, shutdown) };
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm'}, {record: r, expr: '1'}]}]");
        _bench.Set("m", 1);

        await group.EvaluateAsync(_bench.Now, shutdown.Token);

        Assert.Empty(_bench.Sink.Alerts);
        Assert.Empty(_bench.Log.Lines);
        Assert.Equal("", await _bench.QueryAsync("{__name__=~'ALERTS|r'}", 0));
        Assert.Equal(RuleHealth.Unknown, group.View().Rules[0].Health);
    }

    [Fact]
    public async Task Queries_of_rules_are_logged_with_their_group()
    {
        var entries = new List<QueryLogEntry>();
        PromQLEngine logging = _bench.Engine.With(_bench.Engine.Options with { Log = entries.Add });
        _bench.Options = _bench.Options with { Engine = () => logging };
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{record: r, expr: '1'}]}]");
        await _bench.EvaluateAsync(group);

        QueryAsker? asker = Assert.Single(entries).Asker;
        Assert.Equal("ruleGroup", asker?.Kind);
        Assert.Equal([new("file", "rules.yml"), new("name", "g")], asker!.Fields);
    }

    private sealed class CancellingSource(ISeriesSource inner, CancellationTokenSource shutdown) : ISeriesSource
    {
        public ISeriesQuerier OpenQuerier()
        {
            shutdown.Cancel();
            return inner.OpenQuerier();
        }
    }
}
