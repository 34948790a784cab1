using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.Rules.Views;
using Pharos.Server.Api;

namespace Pharos.Server.Tests.Api;

public sealed class RuleWriterTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 20, 8, 0, 0, 500, TimeSpan.Zero);

    [Fact]
    public void Rules_and_alerts_have_upstreams_fields()
    {
        var firing = new AlertView(
            Labels.Of("alertname", "Down"), Labels.Of("summary", "a < b"), AlertState.Firing, 0.5, Time, Time, Time.AddSeconds(1), null, Time);
        AlertView ended = firing with { State = AlertState.Inactive, ResolvedAt = Time };
        RuleView alerting = RuleViews.Alerting("Down", ("severity", "page"), ("gone", "")) with
        {
            For = TimeSpan.FromMinutes(5),
            KeepFiringFor = TimeSpan.FromMilliseconds(1500),
            Annotations = [new Label("summary", "{{ $value }}")],
            State = AlertState.Firing,
            Health = RuleHealth.Error,
            LastError = "it broke",
            Alerts = [firing, ended],
            EvaluationDuration = TimeSpan.FromMilliseconds(2),
            LastEvaluation = Time,
        };
        RuleGroupView group = RuleViews.Group("a.yml", "one", alerting, RuleViews.Recording("r")) with { Limit = 3, LastEvaluation = Time };

        Assert.Equal(
            """
            {"groups":[{"name":"one","file":"a.yml","rules":[
            {"state":"firing","name":"Down","query":"up == 0","duration":300,"keepFiringFor":1.5,"labels":{"severity":"page","gone":""},"annotations":{"summary":"{{ $value }}"},"alerts":[
            {"labels":{"alertname":"Down"},"annotations":{"summary":"a < b"},"state":"firing","activeAt":"2026-11-20T08:00:00.5Z","keepFiringSince":"2026-11-20T08:00:01.5Z","value":"5e-01"}
            ],"health":"err","lastError":"it broke","evaluationTime":0.002,"lastEvaluation":"2026-11-20T08:00:00.5Z","type":"alerting"},
            {"name":"r","query":"up == 0","labels":{},"health":"unknown","evaluationTime":0,"lastEvaluation":"0001-01-01T00:00:00Z","type":"recording"}
            ],"interval":15,"limit":3,"evaluationTime":0,"lastEvaluation":"2026-11-20T08:00:00.5Z"}],"groupNextToken":"t"}
            """.ReplaceLineEndings(""),
            Write(new RulePage([group], "t"), excludesAlerts: false));
    }

    [Fact]
    public void Alerts_that_are_excluded_are_null_and_the_state_of_a_rule_before_its_first_evaluation_is_unknown()
    {
        string text = Write(new RulePage([RuleViews.Group("a.yml", "one", RuleViews.Alerting("A"))], ""), excludesAlerts: true);
        Assert.Contains("\"alerts\":null", text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"unknown\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("groupNextToken", text, StringComparison.Ordinal);
    }

    private static string Write(RulePage page, bool excludesAlerts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            RuleWriter.WritePage(json, page, excludesAlerts);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
