using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Rules.Evaluation;
using Pharos.Rules.Views;

namespace Pharos.Rules.Tests.Evaluation;

public sealed class AlertingRuleTests : IDisposable
{
    private readonly RuleBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_alert_pends_for_its_time_fires_and_ends()
    {
        using RuleGroup group = _bench.Group("""
            groups:
            - name: g
              rules:
              - alert: Down
                expr: up == 0
                for: 2m
                labels: {severity: page}
                annotations: {summary: "{{ $labels.job }} is {{ $value }}"}
            """);
        DateTimeOffset start = _bench.Now;
        _bench.Set("up{job='a'}", 0);
        await _bench.EvaluateAsync(group);
        AlertView pending = Assert.Single(Alerts(group));
        await _bench.EvaluateAsync(group);
        Assert.Equal(AlertState.Pending, State(group));
        await _bench.EvaluateAsync(group);
        AlertView firing = Assert.Single(Alerts(group));
        _bench.Set("up{job='a'}", 1);
        await _bench.EvaluateAsync(group);
        AlertView ended = Assert.Single(Alerts(group));

        Assert.Equal((AlertState.Pending, start, null), (pending.State, pending.ActiveAt, pending.FiredAt));
        Assert.Equal((AlertState.Firing, start, start.AddMinutes(2)), (firing.State, firing.ActiveAt, firing.FiredAt));
        Assert.Equal((AlertState.Inactive, start.AddMinutes(3)), (ended.State, ended.ResolvedAt));
        Assert.Equal("{alertname=\"Down\", job=\"a\", severity=\"page\"}", firing.Labels.ToString());
        Assert.Equal("a is 0", firing.Annotations["summary"]);
        Assert.Equal(AlertState.Inactive, State(group));
        Assert.Equal("0:1 60:1 120:stale", _bench.SamplesOf("ALERTS{alertstate='pending'}"));
        Assert.Equal("120:1 180:stale", _bench.SamplesOf("ALERTS{alertname='Down', alertstate='firing', job='a', severity='page'}"));
        long since = start.ToUnixTimeSeconds();
        Assert.Equal($"0:{since} 60:{since} 120:{since} 180:stale", _bench.SamplesOf("ALERTS_FOR_STATE{alertname='Down', job='a', severity='page'}"));
        Assert.Equal(["AlertPending Down: a is 0", "AlertFiring Down: a is 0", "AlertResolved Down: a is 0"], _bench.Journal.Take());
    }

    [Fact]
    public async Task An_alert_without_for_fires_at_once_and_never_pends()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1'}]}]");
        _bench.Set("m", 2);

        await _bench.EvaluateAsync(group);

        Assert.Equal(AlertState.Firing, State(group));
        Assert.Equal(["AlertFiring A: "], _bench.Journal.Take());
        Assert.Equal("ALERTS{alertname=\"A\", alertstate=\"firing\"} 1", await _bench.QueryAsync("ALERTS"));
    }

    [Fact]
    public async Task A_pending_alert_whose_condition_ends_is_forgotten_without_a_word()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1', for: 5m}]}]");
        _bench.Set("m", 2);
        await _bench.EvaluateAsync(group);
        _bench.Set("m", 0);
        await _bench.EvaluateAsync(group);

        Assert.Empty(Alerts(group));
        Assert.Empty(_bench.Sink.Alerts);
        Assert.Equal(["AlertPending A: "], _bench.Journal.Take());
    }

    [Fact]
    public async Task Keep_firing_for_bridges_gaps_of_the_condition()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1', keep_firing_for: 2m}]}]");
        _bench.Set("m", 2);
        await _bench.EvaluateAsync(group);
        _bench.Set("m", 0);
        DateTimeOffset gap = _bench.Now;
        await _bench.EvaluateAsync(group);
        AlertView kept = Assert.Single(Alerts(group));
        _bench.Set("m", 3);
        await _bench.EvaluateAsync(group);
        AlertView back = Assert.Single(Alerts(group));
        _bench.Set("m", 0);
        await _bench.EvaluateAsync(group);
        await _bench.EvaluateAsync(group);
        Assert.Equal(AlertState.Firing, State(group));
        await _bench.EvaluateAsync(group);

        Assert.Equal((AlertState.Firing, gap, 2d), (kept.State, kept.KeepFiringSince, kept.Value));
        Assert.Equal((null, 3d), (back.KeepFiringSince, back.Value));
        Assert.Equal(AlertState.Inactive, State(group));
        Assert.Equal("0:1 60:1 120:1 180:1 240:1 300:stale", _bench.SamplesOf("ALERTS"));
    }

    [Fact]
    public async Task Labels_are_templates_and_win_over_those_of_the_series()
    {
        _bench.Environment = _bench.Environment with { ExternalLabels = Labels.Of("site", "zürich") };
        using RuleGroup group = _bench.Group("""
            groups:
            - name: g
              labels: {team: "{{ $labels.job }}-team", job: group}
              rules:
              - alert: A
                expr: m
                labels: {gone: "", instance: "", level: '{{ if gt $value 5.0 }}high{{ else }}low{{ end }}', site: '{{ $externalLabels.site }}'}
                annotations:
                  link: '{{ externalURL }}{{ pathPrefix }} {{ $externalURL }}'
                  total: '{{ with query "sum(m)" }}{{ . | first | value | humanize }}{{ end }}'
                  top: '{{ range query "m" }}{{ .Labels.job }}{{ end }}'
            """);
        _bench.Set("m{job='a', instance='x', gone='y'}", 7);

        await _bench.EvaluateAsync(group);

        AlertView alert = Assert.Single(Alerts(group));
        Assert.Equal("{alertname=\"A\", job=\"group\", level=\"high\", site=\"zürich\", team=\"a-team\"}", alert.Labels.ToString());
        Assert.Equal("http://pharos.example/mon/mon http://pharos.example/mon", alert.Annotations["link"]);
        Assert.Equal("7", alert.Annotations["total"]);
        Assert.Equal("a", alert.Annotations["top"]);
    }

    [Fact]
    public async Task A_template_that_fails_says_so_in_its_place()
    {
        using RuleGroup group = _bench.Group("""
            groups:
            - name: g
              rules:
              - alert: A
                expr: m
                annotations: {good: "{{ $value }}", bad: '{{ with query "sum(" }}{{ . }}{{ end }}', loop: '{{ humanize "x" }}'}
            """);
        _bench.Set("m", 1);

        await _bench.EvaluateAsync(group);

        AlertView alert = Assert.Single(Alerts(group));
        Assert.Equal("1", alert.Annotations["good"]);
        Assert.StartsWith("<error expanding template: error executing template __alert_A: template: __alert_A:1:", alert.Annotations["bad"], StringComparison.Ordinal);
        Assert.Contains("error calling query: 1:5: parse error:", alert.Annotations["bad"], StringComparison.Ordinal);
        Assert.StartsWith("<error expanding template: error executing template __alert_A: ", alert.Annotations["loop"], StringComparison.Ordinal);
        Assert.Equal((RuleHealth.Ok, AlertState.Firing), (group.View().Rules[0].Health, State(group)));
        Assert.EndsWith("(2)", Assert.Single(_bench.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_series_that_become_one_alert_are_an_error()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: m, labels: {a: x}}]}]");
        _bench.Set("m{a='1'}", 1);
        await _bench.EvaluateAsync(group);
        _bench.Set("m{a='2'}", 1);
        await _bench.EvaluateAsync(group);

        Assert.Equal("vector contains metrics with the same labelset after applying alert labels", group.View().Rules[0].LastError);
        Assert.Equal(AlertState.Firing, Assert.Single(Alerts(group)).State);
    }

    [Fact]
    public async Task More_alerts_than_the_limit_are_an_error_and_all_are_forgotten()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, limit: 1, rules: [{alert: A, expr: m}]}]");
        _bench.Set("m{a='1'}", 1);
        await _bench.EvaluateAsync(group);
        _bench.Set("m{a='2'}", 1);
        _bench.Journal.Take();
        _bench.Sink.Take();
        await _bench.EvaluateAsync(group);

        Assert.Equal("exceeded limit of 1 with 2 alerts", group.View().Rules[0].LastError);
        Assert.Empty(Alerts(group));
        Assert.Empty(_bench.Sink.Take());
        Assert.Equal(["AlertResolved A: exceeded limit of 1 with 2 alerts"], _bench.Journal.Take());
    }

    [Fact]
    public async Task The_sink_hears_of_an_alert_when_it_fires_after_the_resend_delay_and_when_it_ends()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, interval: 30s, rules: [{alert: A, expr: 'm > 1', for: 30s, annotations: {s: '{{ $value }}'}}]}]");
        DateTimeOffset start = _bench.Now;
        _bench.Set("m", 2);
        await _bench.EvaluateAsync(group, 30);
        Assert.Empty(_bench.Sink.Take());

        await _bench.EvaluateAsync(group, 30);
        Alert first = Assert.Single(_bench.Sink.Take());
        await _bench.EvaluateAsync(group, 30);
        await _bench.EvaluateAsync(group, 30);
        Assert.Empty(_bench.Sink.Take());
        await _bench.EvaluateAsync(group, 30);
        Alert again = Assert.Single(_bench.Sink.Take());
        _bench.Set("m", 1);
        await _bench.EvaluateAsync(group, 30);
        Alert ended = Assert.Single(_bench.Sink.Take());

        long fired = start.AddSeconds(30).ToUnixTimeMilliseconds();
        Assert.Equal((fired, fired + 240_000), (first.StartsAt, first.EndsAt));
        Assert.Equal((fired, fired + 90_000 + 240_000), (again.StartsAt, again.EndsAt));
        Assert.Equal((fired, fired + 120_000), (ended.StartsAt, ended.EndsAt));
        Assert.Equal("http://pharos.example/mon/graph?g0.expr=m+%3E+1&g0.tab=1", first.GeneratorUrl);
        Assert.Equal(("{alertname=\"A\"}", "2"), (first.Labels.ToString(), first.Annotations["s"]));
    }

    [Fact]
    public async Task An_alert_that_ended_is_said_again_for_a_quarter_of_an_hour_and_then_forgotten()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1'}]}]");
        _bench.Set("m", 2);
        await _bench.EvaluateAsync(group, 120);
        _bench.Set("m", 1);
        _bench.Sink.Take();
        int said = 0;
        for (int minute = 0; minute <= 14; minute += 2)
        {
            await _bench.EvaluateAsync(group, 120);
            said += _bench.Sink.Take().Count;
        }

        Assert.Single(Alerts(group));
        await _bench.EvaluateAsync(group);

        Assert.Empty(Alerts(group));
        Assert.Empty(_bench.Sink.Take());
        Assert.Equal(8, said);
    }

    [Fact]
    public async Task An_alert_that_comes_back_after_its_end_is_a_new_one()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1', for: 1m}]}]");
        foreach (double value in (double[])[2, 2, 0, 2])
        {
            _bench.Set("m", value);
            await _bench.EvaluateAsync(group);
        }

        AlertView alert = Assert.Single(Alerts(group));
        Assert.Equal((AlertState.Pending, _bench.Now.AddMinutes(-1), null), (alert.State, alert.ActiveAt, alert.ResolvedAt));
    }

    [Fact]
    public async Task The_state_of_a_rule_is_that_of_its_worst_alert()
    {
        using RuleGroup group = _bench.Group("groups: [{name: g, rules: [{alert: A, expr: 'm > 1', for: 1m}]}]");
        Assert.Equal(AlertState.Unknown, State(group));
        await _bench.EvaluateAsync(group);
        Assert.Equal(AlertState.Inactive, State(group));
        _bench.Set("m{a='1'}", 2);
        await _bench.EvaluateAsync(group);
        Assert.Equal(AlertState.Pending, State(group));
        _bench.Set("m{a='2'}", 2);
        await _bench.EvaluateAsync(group);

        Assert.Equal(AlertState.Firing, State(group));
        Assert.Equal([AlertState.Firing, AlertState.Pending], Alerts(group).Select(static a => a.State));
    }

    private static IReadOnlyList<AlertView> Alerts(RuleGroup group) => group.View().Rules[0].Alerts;

    private static AlertState State(RuleGroup group) => group.View().Rules[0].State;
}
