using System.Text.Json;
using Pharos.Alerting;
using Pharos.Config;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Rules.Views;
using Pharos.Scrape.Targets;
using Pharos.Server.Api.Ui;
using Pharos.Server.Api.Ui.Alerts;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class OverviewTests : IAsyncLifetime
{
    private const int Minute = 60_000;
    private static readonly Labels Down = Labels.Of("alertname", "FlaskAppDown", "job", "flask", "instance", "flask:0", "severity", "critical");
    private UiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await UiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task With_nothing_wrong_all_is_well()
    {
        JsonElement answer = await AskAsync();
        Assert.Equal("All is well.", Text(answer, "sentence"));
        Assert.Empty(Items(answer, "wrong"));
        Assert.Empty(Items(answer, "broken"));
        Assert.True(answer.GetProperty("self").GetProperty("well").GetBoolean());
        Assert.Equal(_host.Now, answer.GetProperty("asOf").GetInt64());
    }

    [Fact]
    public async Task An_alert_that_fires_is_told_with_what_its_rule_measures_and_what_happened_shortly_before()
    {
        _host.AddSeries(Labels.Of("__name__", "up", "job", "flask", "instance", "flask:0"), static i => i < 180 ? 1 : 0);
        _host.AddSeries(Labels.Of("__name__", "up", "job", "flask", "instance", "flask:1"), static _ => 1);
        _host.Record(JournalKind.Deployed, "flask", "1.8.2 → 1.8.3", ago: 20 * Minute);
        _host.Record(JournalKind.TargetDown, "flask:0", "connection refused", ago: 16 * Minute);
        AlertView alert = _host.Alert(AlertState.Firing, TimeSpan.FromMinutes(14), Down, Labels.Of("summary", "No target of flask is up."));
        _host.Rules = [UiHost.Group(UiHost.Rule("FlaskAppDown", "up{job=\"flask\"} == 0", RuleHealth.Ok, alert))];
        _host.Told.Last[AlertFingerprint.Of(Down)] = ("slack", _host.Now - Minute, true);

        JsonElement answer = await AskAsync();

        Assert.Equal("One alert is firing.", Text(answer, "sentence"));
        Assert.Equal(["flask 1.8.2 → 1.8.3", "flask:0 went down"], Items(answer, "shortly").Select(static line => Text(line, "text")));
        JsonElement wrong = Assert.Single(Items(answer, "wrong"));
        Assert.Equal(("FlaskAppDown", "No target of flask is up.", "firing", "critical"), (Text(wrong, "name"), Text(wrong, "sentence"), Text(wrong, "state"), Text(wrong, "severity")));
        Assert.Equal(("web", "rules.yml", 7), (Text(wrong.GetProperty("rule"), "group"), Text(wrong.GetProperty("rule"), "file"), wrong.GetProperty("rule").GetProperty("line").GetInt32()));
        JsonElement spark = wrong.GetProperty("spark");
        Assert.Equal(0, spark.GetProperty("limit").GetDouble());
        JsonElement[] values = Items(spark, "values");
        Assert.Equal((61, 1.0, 0.0), (values.Length, values[0].GetDouble(), values[^1].GetDouble()));
        Assert.Equal(("slack", true), (Text(wrong.GetProperty("told"), "receiver"), wrong.GetProperty("told").GetProperty("ok").GetBoolean()));
        Assert.Equal((9.0, 15_000.0), (answer.GetProperty("self").GetProperty("rules").GetProperty("worstMs").GetDouble(), answer.GetProperty("self").GetProperty("rules").GetProperty("intervalMs").GetDouble()));
    }

    [Fact]
    public async Task A_silenced_alert_is_counted_and_not_wrong_and_a_pending_one_says_when_it_fires()
    {
        Labels pending = Labels.Of("alertname", "Slow", "path", "/api/stats");
        _host.States[Down] = UiAlertState.Silenced;
        _host.Rules =
        [
            UiHost.Group(
                UiHost.Rule("FlaskAppDown", "up == 0", RuleHealth.Ok, _host.Alert(AlertState.Firing, TimeSpan.FromMinutes(1), Down)),
                UiHost.Rule("Slow", "vector(2)", RuleHealth.Ok, _host.Alert(AlertState.Pending, TimeSpan.FromMinutes(2), pending))),
        ];
        JsonElement answer = await AskAsync();
        Assert.Equal("One alert is pending.", Text(answer, "sentence"));
        Assert.Equal(1, answer.GetProperty("silenced").GetInt32());
        JsonElement wrong = Assert.Single(Items(answer, "wrong"));
        Assert.Equal("Slow (path=/api/stats)", Text(wrong, "sentence"));
        Assert.Equal(_host.Now + (3 * Minute), wrong.GetProperty("firesAt").GetInt64());
    }

    [Fact]
    public async Task What_is_broken_without_an_alert_is_told_and_what_an_alert_covers_is_not()
    {
        _host.Pools = [UiHost.Pool("flask", TargetHealth.Down, TargetHealth.Up), UiHost.Pool("postgres", TargetHealth.Down)];
        _host.Rules =
        [
            UiHost.Group(
                UiHost.Rule("FlaskAppDown", "up == 0", RuleHealth.Ok, _host.Alert(AlertState.Firing, TimeSpan.FromMinutes(1), Down)),
                UiHost.Rule("Heavy", "up", RuleHealth.Error)),
        ];
        _host.Reload.SetFailure(_host.Clock.GetUtcNow(), "no", new ConfigError("/etc/prometheus.yml", 41, 1, "unknown field", null, null));
        _host.Told.Failing.Add(("slack", _host.Now, "500"));
        _host.Record(JournalKind.TargetDown, "postgres:0", "", ago: Minute, Labels.Of("job", "postgres", "instance", "postgres:0"));

        JsonElement answer = await AskAsync();

        Assert.Equal(
            [("config", "prometheus.yml"), ("receiver", "slack"), ("rule", "Heavy"), ("target", "postgres:0")],
            Items(answer, "broken").Select(static thing => (Text(thing, "kind"), Text(thing, "subject"))));
        Assert.Equal(_host.Now - Minute, Items(answer, "broken")[3].GetProperty("since").GetInt64());
        Assert.False(answer.GetProperty("self").GetProperty("well").GetBoolean());
    }

    [Fact]
    public async Task A_service_has_its_requests_errors_and_times_from_the_metrics_that_exist()
    {
        _host.Pools = [UiHost.Pool("app", TargetHealth.Up, TargetHealth.Up), UiHost.Pool("node", TargetHealth.Up)];
        foreach ((string status, double rate) in ((string, double)[])[("200", 1.5), ("503", 0.5)])
        {
            _host.AddSeries(Labels.Of("__name__", "http_requests_total", "job", "app", "status", status), i => i * 15 * rate);
        }

        foreach ((string bound, double rate) in ((string, double)[])[("0.1", 0), ("0.2", 1), ("+Inf", 1)])
        {
            _host.AddSeries(Labels.Of("__name__", "http_request_duration_seconds_bucket", "job", "app", "le", bound), i => i * 15 * rate);
        }

        JsonElement[] services = Items(await AskAsync(), "services");
        Assert.Equal(["app", "node"], services.Select(static service => Text(service, "name")));
        Assert.Equal((2, 2), (services[0].GetProperty("up").GetInt32(), services[0].GetProperty("total").GetInt32()));
        Assert.Equal(2, services[0].GetProperty("requests").GetDouble(), 6);
        Assert.Equal(0.25, services[0].GetProperty("errors").GetDouble(), 6);
        Assert.Equal(0.195, services[0].GetProperty("p95").GetDouble(), 6);
        Assert.False(services[1].TryGetProperty("requests", out _));
        Assert.Equal("unknown", Text(Assert.Single(Items(services[1], "ribbon")), "state"));
    }

    [Fact]
    public async Task Requests_that_tell_no_status_have_no_share_of_errors()
    {
        _host.Pools = [UiHost.Pool("app", TargetHealth.Up)];
        _host.AddSeries(Labels.Of("__name__", "flask_http_request_total", "job", "app"), static i => i);
        JsonElement service = Assert.Single(Items(await AskAsync(), "services"));
        Assert.True(service.TryGetProperty("requests", out _));
        Assert.False(service.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task The_ribbon_of_a_service_has_no_gaps_and_shows_the_worst()
    {
        _host.Pools = [UiHost.Pool("app", TargetHealth.Up)];
        _host.AddSeries(Labels.Of("__name__", "up", "job", "app", "instance", "app:0"), static i => i is >= 60 and < 120 ? 0 : 1);
        for (int i = 200; i <= 240; i++)
        {
            Labels labels = Labels.Of("__name__", "ALERTS", "job", "app", "alertname", "A", "alertstate", "firing");
            _host.Series.Add(labels, _host.Now - ((240 - i) * 15_000), 1.0);
        }

        JsonElement[] ribbon = Items(Assert.Single(Items(await AskAsync(), "services")), "ribbon");
        Assert.Equal(["ok", "down", "ok", "firing"], ribbon.Select(static part => Text(part, "state")));
        Assert.Equal(_host.Now - (60 * Minute), ribbon[0].GetProperty("from").GetInt64());
        Assert.Equal(_host.Now, ribbon[^1].GetProperty("to").GetInt64());
        for (int i = 1; i < ribbon.Length; i++)
        {
            Assert.Equal(ribbon[i - 1].GetProperty("to").GetInt64(), ribbon[i].GetProperty("from").GetInt64());
        }
    }

    [Fact]
    public async Task What_was_gathered_is_good_for_two_seconds()
    {
        await AskAsync();
        int reads = _host.Series.Reads;
        _host.AddSeries(Labels.Of("__name__", "up", "job", "app"), static _ => 1);
        _host.Pools = [UiHost.Pool("app", TargetHealth.Up)];
        Assert.Empty(Items(await AskAsync(), "services"));
        Assert.Equal(reads, _host.Series.Reads);
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(Items(await AskAsync(), "services"));
    }

    [Theory]
    [InlineData("from=x")]
    [InlineData("from=-1")]
    [InlineData("from=2&to=1")]
    [InlineData("to=99999999999999999")]
    public async Task A_bad_range_is_refused(string query) =>
        Assert.Equal(400, (await _host.Browser.GetAsync("/api/pharos/v1/overview?" + query)).Status);

    [Theory]
    [InlineData(3, 1, "Three alerts are firing, one is pending.")]
    [InlineData(1, 0, "One alert is firing.")]
    [InlineData(0, 12, "12 alerts are pending.")]
    [InlineData(1500, 0, "1,500 alerts are firing.")]
    public void The_sentence_counts_in_words(int firing, int pending, string expected) =>
        Assert.Equal(expected, OverviewSentence.Of(firing, pending, broken: 3, lastEnd: null, now: 0));

    [Fact]
    public void The_sentence_of_a_quiet_day_tells_of_the_last_alert_and_of_what_is_broken()
    {
        Assert.Equal("All is well; the last alert ended 3 h ago.", OverviewSentence.Of(0, 0, 0, lastEnd: 0, now: 3 * 60 * Minute));
        Assert.Equal("No alert is firing, but one thing is broken.", OverviewSentence.Of(0, 0, 1, lastEnd: 0, now: Minute));
        Assert.Equal("No alert is firing, but two things are broken.", OverviewSentence.Of(0, 0, 2, lastEnd: null, now: Minute));
    }

    private async Task<JsonElement> AskAsync()
    {
        (int status, JsonElement answer) = await _host.Browser.GetAsync("/api/pharos/v1/overview");
        Assert.Equal(200, status);
        return answer;
    }

    private static JsonElement[] Items(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray()];

    private static string? Text(JsonElement owner, string name) => owner.GetProperty(name).GetString();
}
