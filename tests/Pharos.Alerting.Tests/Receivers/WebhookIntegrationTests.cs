using Pharos.Alerting.Receivers;
using Pharos.Alerting.Tests.Templates;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Receivers;

public class WebhookIntegrationTests
{
    private const string FirstAlert =
        """{"status":"firing","labels":{"alertname":"Down","cluster":"c1","instance":"a:1","severity":"critical"},"annotations":{"runbook":"http://r","summary":"it is \u003cdown\u003e \u0026 out"},"startsAt":"2026-01-01T00:00:00.123Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://p/graph?g0.expr=up+%3D%3D+0","fingerprint":"56f5546e7322b0d1"}""";

    private const string SecondAlert =
        """{"status":"resolved","labels":{"alertname":"Down","cluster":"c1","instance":"b:1","severity":"critical"},"annotations":{"summary":"it is too"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2026-11-20T08:59:59Z","generatorURL":"http://p/2","fingerprint":"ee322cc62bbf34c2"}""";

    [Fact]
    public async Task The_message_is_byte_for_byte_the_real_alertmanagers()
    {
        await using var receiver = new CapturingReceiver();

        DeliveryResult result = await NotifyAsync($"url: {receiver.Url}", Samples.First, Samples.Second);

        // The real one was 0.33.1; routeLabels came with 0.34.
        Assert.Equal(DeliveryResult.Delivered, result);
        Assert.Equal(
            $$"""{"receiver":"r","status":"firing","alerts":[{{FirstAlert}},{{SecondAlert}}],"notification_reason":"first notification","groupLabels":{"alertname":"Down","cluster":"c1"},"commonLabels":{"alertname":"Down","cluster":"c1","severity":"critical"},"commonAnnotations":{},"routeLabels":{},"externalURL":"http://am.example:9093","version":"4","groupKey":"{}:{alertname=\"Down\", cluster=\"c1\"}","truncatedAlerts":0}""" + "\n",
            Assert.Single(receiver.Bodies));
        Assert.Contains("User-Agent: Alertmanager/", receiver.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_beyond_the_limit_are_counted()
    {
        await using var receiver = new CapturingReceiver();

        await NotifyAsync($"url: {receiver.Url}\n  max_alerts: 1", Samples.First, Samples.Second);

        Assert.Contains($"\"alerts\":[{FirstAlert}],", receiver.Bodies[0], StringComparison.Ordinal);
        Assert.EndsWith("\"truncatedAlerts\":1}\n", receiver.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_ones_own_is_yaml_of_templates()
    {
        await using var receiver = new CapturingReceiver();

        await NotifyAsync("""
            url: URL
              payload: {"n": '{{ len .Alerts }}', "b": 'true', "s": 'a: b', "f": '1.50', "x": '{{ .GroupLabels }}', "l": [1, 'x{{ .Status }}', null, 2.5, yes], '{{ .Receiver }}': "null", "d": "2024-01-01", "h": '0x10', "e": '', "big": '123456789012345678901234567890', "ver": '1.2.3', "tilde": '~', "oct": '010', "exp": '1e3', "list": '{{ .Alerts | toJson }}', 5: dropped}
            """.Replace("URL", receiver.Url, StringComparison.Ordinal), Samples.Second);

        Assert.Equal(
            """{"b":true,"big":1.2345678901234568e+29,"d":"2024-01-01","e":null,"exp":1000,"f":1.5,"h":16,"l":[1,"xresolved",null,2.5,true],"list":[{"annotations":{"summary":"it is too"},"endsAt":"2026-11-20T08:59:59Z","fingerprint":"ee322cc62bbf34c2","generatorURL":"http://p/2","labels":{"alertname":"Down","cluster":"c1","instance":"b:1","severity":"critical"},"startsAt":"2026-01-01T00:00:00Z","status":"resolved"}],"n":1,"oct":8,"r":null,"s":{"a":"b"},"tilde":null,"ver":"1.2.3","x":"alertname=Down, cluster=c1"}""" + "\n",
            Assert.Single(receiver.Bodies));
    }

    [Fact]
    public async Task The_address_may_be_a_template_and_may_stand_in_a_file()
    {
        await using var receiver = new CapturingReceiver();
        using var folder = new TempFolder();
        string file = folder.Write("url", receiver.Url + "/{{ .GroupLabels.cluster }}\n");

        await NotifyAsync($"url_file: {file}", Samples.First);

        Assert.StartsWith("POST /services/SECRET/c1 HTTP/1.1\r\n", receiver.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("url: '{{ .GroupLabels.none }}'", "webhook URL is empty after templating")]
    [InlineData("url: '{{ .GroupLabels.cluster }}'", "Post \"<redacted>\": no URL with scheme http or https")]
    [InlineData("url: '{{ template \"x\" . }}'", "failed to template webhook URL: template: :1:12: executing \"\" at <{{template \"x\" .}}>: template \"x\" not defined")]
    [InlineData("url: http://127.0.0.1:1/\n  payload: {a: '{{ template \"x\" . }}'}", "failed to render custom payload: template: :1:12: executing \"\" at <{{template \"x\" .}}>: template \"x\" not defined")]
    [InlineData("url_file: /nowhere/url", "read url_file: open /nowhere/url: no such file or directory")]
    public async Task What_cannot_be_put_together_is_told(string fields, string reason) =>
        Assert.Equal(new DeliveryResult(DeliveryOutcome.Failed, reason), await NotifyAsync(fields, Samples.First));

    [Theory]
    [InlineData("204 No Content", DeliveryOutcome.Delivered, "")]
    [InlineData("400 Bad Request", DeliveryOutcome.Failed, "unexpected status code 400: ok")]
    [InlineData("503 Unavailable", DeliveryOutcome.Retryable, "unexpected status code 503: ok")]
    public async Task Statuses_are_judged_as_upstream_does(string status, DeliveryOutcome outcome, string reason)
    {
        await using var receiver = new CapturingReceiver { Status = status, Body = status[0] == '2' ? "" : "ok" };

        DeliveryResult result = await NotifyAsync($"url: {receiver.Url}", Samples.First);

        Assert.Equal((outcome, reason), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task A_huge_answer_is_read_in_part_and_shown_in_part()
    {
        await using var receiver = new CapturingReceiver { Status = "400 Bad Request", Body = new string('x', 1_000_000) };

        DeliveryResult result = await NotifyAsync($"url: {receiver.Url}", Samples.First);

        Assert.InRange(result.Reason.Length, 100, 600);
    }

    [Fact]
    public void Only_the_host_of_an_address_is_shown()
    {
        using IIntegration integration = SlackIntegrationTests.Build("webhook_configs:\n- url: https://hook.example:8443/SECRET");

        Assert.Equal("hook.example:8443", integration.Channel);
    }

    [Fact]
    public async Task What_has_no_sender_fails_every_time_and_says_why()
    {
        using IIntegration integration = SlackIntegrationTests.Build("discord_configs:\n- webhook_url: https://x/SECRET");

        DeliveryResult result = await integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None);

        Assert.Equal(new DeliveryResult(DeliveryOutcome.Failed, "discord is not available: Pharos delivers to slack and webhook"), result);
        Assert.Equal(result.Reason, integration.Unavailable);
    }

    [Fact]
    public void Ways_to_connect_that_are_not_built_are_no_reason_to_refuse_the_file()
    {
        using IIntegration integration = SlackIntegrationTests.Build("webhook_configs:\n- url: https://x\n  http_config: {proxy_url: 'http://p:1', proxy_connect_header: {a: [b]}}");

        Assert.Equal("webhook is not available: proxy_connect_header is not yet supported", integration.Unavailable);
    }

    private static async Task<DeliveryResult> NotifyAsync(string fields, params IReadOnlyList<Alert> alerts)
    {
        using IIntegration integration = SlackIntegrationTests.Build($"webhook_configs:\n- {fields}");
        return await integration.NotifyAsync(Samples.Group, alerts, CancellationToken.None);
    }
}
