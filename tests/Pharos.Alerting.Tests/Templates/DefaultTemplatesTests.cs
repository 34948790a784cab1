namespace Pharos.Alerting.Tests.Templates;

public class DefaultTemplatesTests
{
    private const string FirstBlock =
        "Labels:\n - alertname = Down\n - cluster = c1\n - instance = a:1\n - severity = critical\nAnnotations:\n - runbook = http://r\n - summary = it is <down> & out\nSource: http://p/graph?g0.expr=up+%3D%3D+0\n";

    private const string SecondBlock =
        "Labels:\n - alertname = Down\n - cluster = c1\n - instance = b:1\n - severity = critical\nAnnotations:\n - summary = it is too\nSource: http://p/2\n";

    private const string FirstMarkdown =
        "\nLabels:\n  - alertname = Down\n  - cluster = c1\n  - instance = a:1\n  - severity = critical\n\nAnnotations:\n  - runbook = http://r\n  - summary = it is <down> & out\n\nSource: http://p/graph?g0.expr=up+%3D%3D+0\n";

    [Theory]
    [InlineData("__alertmanager", "Alertmanager")]
    [InlineData("__alertmanagerURL", "http://am.example:9093/#/alerts?receiver=r")]
    [InlineData("__subject", "[FIRING:1] Down c1 (a:1 critical)")]
    [InlineData("__description", "")]
    [InlineData("slack.default.title", "[FIRING:1] Down c1 (a:1 critical)")]
    [InlineData("slack.default.fallback", "[FIRING:1] Down c1 (a:1 critical) | http://am.example:9093/#/alerts?receiver=r")]
    [InlineData("slack.default.titlelink", "http://am.example:9093/#/alerts?receiver=r")]
    [InlineData("slack.default.color", "danger")]
    [InlineData("slack.default.username", "Alertmanager")]
    [InlineData("slack.default.text", "")]
    [InlineData("slack.default.pretext", "")]
    [InlineData("slack.default.iconemoji", "")]
    [InlineData("slack.default.iconurl", "")]
    [InlineData("slack.default.footer", "")]
    [InlineData("slack.default.callbackid", "")]
    [InlineData("pagerduty.default.description", "[FIRING:1] Down c1 (a:1 critical)")]
    [InlineData("jira.default.priority", "High")]
    [InlineData("mattermost.default.color", "danger")]
    [InlineData("opsgenie.default.description", "http://r it is <down> & out\nAlerts Firing:\n" + FirstBlock + "\n")]
    [InlineData("wechat.default.message", "[FIRING:1] Down c1 (a:1 critical)\nhttp://r it is <down> & out\nAlerts Firing:\n" + FirstBlock + "\n\nAlertmanagerUrl:\nhttp://am.example:9093/#/alerts?receiver=r")]
    [InlineData("sns.default.message", "http://r it is <down> & out\n\nAlerts Firing:\n" + FirstBlock + "\n\n\n")]
    [InlineData("telegram.default.message", "\n\nAlerts Firing:\n" + FirstBlock + "\n\n\n")]
    [InlineData("msteams.default.text", "\n\n# Alerts Firing:\n" + FirstMarkdown + "\n\n\n\n")]
    public void One_firing_alert_reads_as_from_the_real_alertmanager(string name, string expected) =>
        Assert.Equal(expected, Samples.Expand($"{{{{ template \"{name}\" . }}}}", Samples.First));

    [Theory]
    [InlineData("__subject", "[FIRING:1] Down c1 (critical)")]
    [InlineData("slack.default.color", "danger")]
    [InlineData("victorops.default.state_message", "\nAlerts Firing:\n" + FirstBlock + "\nAlerts Resolved:\n" + SecondBlock)]
    [InlineData("discord.default.message", "\n\nAlerts Firing:\n" + FirstBlock + "\n\n\nAlerts Resolved:\n" + SecondBlock + "\n\n")]
    public void A_firing_and_a_resolved_alert_read_as_from_the_real_alertmanager(string name, string expected) =>
        Assert.Equal(expected, Samples.Expand($"{{{{ template \"{name}\" . }}}}", Samples.First, Samples.Second));

    [Theory]
    [InlineData("__subject", "[RESOLVED] Down c1 (b:1 critical)")]
    [InlineData("slack.default.color", "good")]
    public void A_resolved_alert_is_no_longer_counted(string name, string expected) =>
        Assert.Equal(expected, Samples.Expand($"{{{{ template \"{name}\" . }}}}", Samples.Second));

    [Theory]
    [InlineData("{{ template \"__text_alert_list\" .Alerts }}", FirstBlock + SecondBlock)]
    [InlineData("{{ template \"__text_alert_list_markdown\" .Alerts.Firing }}", FirstMarkdown + "\n")]
    public void Lists_of_alerts_are_used_by_other_templates(string text, string expected) => Assert.Equal(expected, Samples.Expand(text, Samples.First, Samples.Second));
}
