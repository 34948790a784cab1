using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax;
using Pharos.Rules.Views;
using Pharos.Server.Api.Ui;
using Pharos.Server.Dashboards;

namespace Pharos.Server.Tests.Api.Ui;

public sealed class ChangeAndAnnotationTests : IAsyncLifetime
{
    private const int Minute = 60_000;
    private UiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await UiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Changes_are_lines_for_people_newest_first()
    {
        _host.Record(JournalKind.Started, "Pharos", "1.0", ago: 50 * Minute);
        _host.Record(JournalKind.Deployed, "flask-app", "1.8.2 → 1.8.3", ago: 40 * Minute);
        _host.Record(JournalKind.TargetDown, "postgres:9187", "connection refused", ago: 30 * Minute);
        _host.Record(JournalKind.NotificationSent, "slack", "", ago: 20 * Minute);
        _host.Record(JournalKind.AlertFiring, "HighErrorRate", "12 %", ago: (10 * Minute) + 1000);
        _host.Record(JournalKind.AlertFiring, "HighErrorRate", "13 %", ago: 10 * Minute);
        _host.Record(JournalKind.AlertFiring, "HighErrorRate", "14 %", ago: 5 * Minute);

        JsonElement[] changes = Items(await AskAsync("changes"), "changes");

        Assert.Equal(
            [
                ("alertFiring", "HighErrorRate", "14 %"), ("alertFiring", "HighErrorRate", "2 alerts"), ("targetDown", "postgres:9187 went down", "connection refused"),
                ("deploy", "flask-app 1.8.2 → 1.8.3", ""), ("started", "Pharos 1.0 started", "1.0"),
            ],
            changes.Select(static change => (Text(change, "kind"), Text(change, "title"), change.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : "")));
    }

    [Fact]
    public async Task A_list_that_is_cut_says_so()
    {
        for (int i = 0; i < 5; i++)
        {
            _host.Record(JournalKind.Reloaded, "a.yml", ago: i * Minute);
        }

        JsonElement answer = await AskAsync("changes?limit=2");
        Assert.Equal(2, Items(answer, "changes").Length);
        Assert.Equal((2, 5), (answer.GetProperty("limited").GetProperty("shown").GetInt32(), answer.GetProperty("limited").GetProperty("total").GetInt32()));
        Assert.Equal(400, (await _host.Browser.GetAsync("/api/pharos/v1/changes?limit=100000")).Status);
    }

    [Fact]
    public async Task Bands_are_when_alerts_pended_and_fired_and_belong_to_the_metrics_of_their_rule()
    {
        AddAlerts("pending", from: 100, to: 120);
        AddAlerts("firing", from: 121, to: 160);
        AddAlerts("firing", from: 200, to: 220);
        _host.Rules = [UiHost.Group(UiHost.Rule("Errors", "sum(rate(http_requests_total{status=\"500\"}[5m])) / sum(rate(all_total[5m])) > 0.1", RuleHealth.Ok))];
        _host.Record(JournalKind.Deployed, "app", "1 → 2", ago: 30 * Minute);
        _host.Record(JournalKind.Reloaded, "a.yml", ago: 20 * Minute);

        JsonElement answer = await AskAsync("annotations");

        JsonElement[] bands = Items(answer, "bands");
        Assert.Equal(["pending", "firing", "firing"], bands.Select(static band => Text(band, "state")));
        Assert.All(bands, static band => Assert.Equal("Errors", Text(band, "name")));
        Assert.All(bands, static band => Assert.Equal("{\"alertname\":\"Errors\",\"job\":\"app\"}", band.GetProperty("labels").GetRawText()));
        Assert.Equal("[\"all_total\",\"http_requests_total\"]", bands[0].GetProperty("metrics").GetRawText());
        Assert.Equal(_host.Now - (140 * 15_000), bands[0].GetProperty("from").GetInt64());
        Assert.Equal(["deploy", "reload"], Items(answer, "marks").Select(static mark => Text(mark, "kind")));
    }

    [Fact]
    public async Task A_band_belongs_also_to_the_metrics_that_recording_rules_made_its_own_of()
    {
        AddAlerts("firing", from: 100, to: 120);
        RuleView ratio = UiHost.Rule("job:ratio", "job:errors / job:requests", RuleHealth.Ok) with { IsAlerting = false };
        RuleView errors = UiHost.Rule("job:errors", "sum by (job) (rate(errors_total[1m])) or job:errors", RuleHealth.Ok) with { IsAlerting = false };
        _host.Rules = [UiHost.Group(errors, ratio, UiHost.Rule("Errors", "job:ratio > 0.1", RuleHealth.Ok))];

        JsonElement band = Items(await AskAsync("annotations"), "bands").Single();

        Assert.Equal("[\"job:ratio\",\"job:errors\",\"job:requests\",\"errors_total\"]", band.GetProperty("metrics").GetRawText());
    }

    [Theory]
    [InlineData("up == 0", "up", 0.0)]
    [InlineData("(0.5 < rate(a[5m]))", "rate(a[5m])", 0.5)]
    [InlineData("a > -3", "a", -3.0)]
    [InlineData("a > b", "a", null)]
    [InlineData("(a > 1) and b > 2 unless c", "a", 1.0)]
    [InlineData("a and b > 2", "b", 2.0)]
    [InlineData("absent(up)", "absent(up)", null)]
    [InlineData("a > bool 1", "a > bool 1", null)]
    public void A_condition_is_what_is_measured_and_its_limit(string expression, string measured, double? limit)
    {
        var condition = RuleCondition.Of(PromQLParser.ParseExpr(expression));
        Assert.Equal((measured, limit), (condition.Measured.ToString(), condition.Limit));
    }

    [Fact]
    public void The_metrics_of_an_expression_are_found_wherever_they_stand() =>
        Assert.Equal(
            ["a", "b", "c", "d", "e"],
            ExpressionSelectors.MetricNames(PromQLParser.ParseExpr("-(sum(rate(b[1m])) / max_over_time(a[5m:1m])) > on(x) topk(3, {__name__=\"c\"}) or quantile(scalar(d), e)")));

    // Staleness as rules write it: a marker where the alert is gone.
    private void AddAlerts(string state, int from, int to)
    {
        Labels labels = Labels.Of("__name__", "ALERTS", "alertname", "Errors", "alertstate", state, "job", "app");
        for (int i = from; i <= to; i++)
        {
            _host.Series.Add(labels, _host.Now - ((240 - i) * 15_000), 1.0);
        }

        _host.Series.Add(labels, _host.Now - ((240 - to - 1) * 15_000), BitConverter.Int64BitsToDouble(0x7ff0000000000002));
    }

    private async Task<JsonElement> AskAsync(string path)
    {
        (int status, JsonElement answer) = await _host.Browser.GetAsync("/api/pharos/v1/" + path);
        Assert.Equal(200, status);
        return answer;
    }

    private static JsonElement[] Items(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray()];

    private static string? Text(JsonElement owner, string name) => owner.GetProperty(name).GetString();
}
