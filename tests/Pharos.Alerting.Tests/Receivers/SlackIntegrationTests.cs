using Pharos.Alerting.Configuration;
using Pharos.Alerting.Receivers;
using Pharos.Alerting.Tests.Configuration;
using Pharos.Alerting.Tests.Templates;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Receivers;

public class SlackIntegrationTests
{
    [Fact]
    public async Task The_default_message_is_byte_for_byte_the_real_alertmanagers()
    {
        await using var slack = new CapturingReceiver();

        DeliveryResult result = await NotifyAsync(slack, "channel: '#a'");

        Assert.Equal(DeliveryResult.Delivered, result);
        Assert.Equal(
            """{"channel":"#a","username":"Alertmanager","attachments":[{"title":"[FIRING:1] Down c1 (a:1 critical)","title_link":"http://am.example:9093/#/alerts?receiver=r","text":"","fallback":"[FIRING:1] Down c1 (a:1 critical) | http://am.example:9093/#/alerts?receiver=r","callback_id":"","footer":"","color":"danger","mrkdwn_in":["fallback","pretext","text"]}]}""" + "\n",
            Assert.Single(slack.Bodies));
        Assert.Contains("Content-Type: application/json\r\n", slack.Heads[0], StringComparison.Ordinal);
        Assert.StartsWith("POST /services/SECRET HTTP/1.1\r\n", slack.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_message_is_byte_for_byte_the_real_alertmanagers()
    {
        await using var slack = new CapturingReceiver();

        await NotifyAsync(slack, """
            channel: '#b'
              title: '[{{ .Status | toUpper }}] <x> & y'
              text: '{{ range .Alerts }}{{ .Annotations.summary }}{{ "\n" }}{{ end }}'
              fields: [{title: T, value: '{{ .CommonLabels.severity }}'}, {title: U, value: v, short: true}]
              actions: [{type: button, text: Go, url: 'http://x/{{ .GroupLabels.alertname }}'}, {type: button, text: Ack, name: n, value: v, style: primary, confirm: {text: sure}}]
              link_names: true
              mrkdwn_in: [text]
              icon_emoji: ':fire:'
              image_url: http://i
              thumb_url: http://t
              message_text: hello
            """);

        Assert.Equal(
            """{"channel":"#b","username":"Alertmanager","icon_emoji":":fire:","link_names":true,"text":"hello","attachments":[{"title":"[FIRING] \u003cx\u003e \u0026 y","title_link":"http://am.example:9093/#/alerts?receiver=r","text":"it is \u003cdown\u003e \u0026 out\n","fallback":"[FIRING:1] Down c1 (a:1 critical) | http://am.example:9093/#/alerts?receiver=r","callback_id":"","fields":[{"title":"T","value":"critical","short":false},{"title":"U","value":"v","short":true}],"actions":[{"type":"button","text":"Go","url":"http://x/Down"},{"type":"button","text":"Ack","style":"primary","name":"n","value":"v","confirm":{"text":"sure"}}],"image_url":"http://i","thumb_url":"http://t","footer":"","color":"danger","mrkdwn_in":["text"]}]}""" + "\n",
            Assert.Single(slack.Bodies));
    }

    [Theory]
    [InlineData("404 Not Found", "no_team", DeliveryOutcome.Failed, DeliveryFailure.ClientError, "channel \"#a\": unexpected status code 404: no_team")]
    [InlineData("403 Forbidden", "", DeliveryOutcome.Failed, DeliveryFailure.Authentication, "channel \"#a\": unexpected status code 403")]
    [InlineData("500 Oops", "down", DeliveryOutcome.Retryable, DeliveryFailure.ServerError, "channel \"#a\": unexpected status code 500: down")]
    [InlineData("200 OK", "no", DeliveryOutcome.Failed, DeliveryFailure.ClientError, "channel \"#a\": received an error response from Slack: no")]
    public async Task Answers_are_judged_as_upstream_does(string status, string body, DeliveryOutcome outcome, DeliveryFailure failure, string reason)
    {
        await using var slack = new CapturingReceiver { Status = status, Body = body };

        Assert.Equal(new DeliveryResult(outcome, reason, failure), await NotifyAsync(slack, "channel: '#a'"));
    }

    [Theory]
    [InlineData("{\"ok\":true,\"ts\":\"1\"}", DeliveryOutcome.Delivered, "")]
    [InlineData("{\"ok\":false,\"error\":\"channel_not_found\"}", DeliveryOutcome.Failed, "channel \"#a\": error response from Slack: channel_not_found")]
    [InlineData("[]", DeliveryOutcome.Failed, "channel \"#a\": error response from Slack: ")]
    public async Task A_bots_answer_is_in_its_json(string body, DeliveryOutcome outcome, string reason)
    {
        await using var slack = new CapturingReceiver { Body = body, Headers = "Content-Type: application/json; charset=utf-8\r\n" };

        DeliveryResult result = await NotifyAsync(slack, "channel: '#a'");

        Assert.Equal((outcome, reason), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_asked_for_again()
    {
        await using var slack = new CapturingReceiver { Body = "<html>", Headers = "Content-Type: application/json\r\n" };

        DeliveryResult result = await NotifyAsync(slack, "channel: '#a'");

        Assert.Equal(DeliveryOutcome.Retryable, result.Outcome);
        Assert.StartsWith("channel \"#a\": could not unmarshal JSON response \"<html>\": ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_are_tried_again_when_slack_says()
    {
        await using var slack = new CapturingReceiver { Status = "429 Too Many Requests", Headers = "Retry-After: 30\r\n" };

        DeliveryResult result = await NotifyAsync(slack, "channel: '#a'");

        Assert.Equal((DeliveryOutcome.Retryable, DeliveryFailure.RateLimited, TimeSpan.FromSeconds(30)), (result.Outcome, result.Failure, result.RetryAfter));
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_left_after_the_timeout()
    {
        await using var slack = new CapturingReceiver { Hangs = true };
        var clock = new ManualTimeProvider();
        using IIntegration integration = Build($"slack_configs:\n- api_url: {slack.Url}\n  timeout: 5s", clock);

        Task<DeliveryResult> sending = integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None);
        await Wait.UntilAsync(() => slack.Bodies.Count == 1, "a request");
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(
            new DeliveryResult(DeliveryOutcome.Retryable, "Post \"<redacted>\": context deadline exceeded: configured slack timeout reached (5s)", DeliveryFailure.DeadlineExceeded),
            await sending);
    }

    [Fact]
    public async Task A_caller_that_calls_it_off_is_told_so()
    {
        await using var slack = new CapturingReceiver { Hangs = true };
        using IIntegration integration = Build($"slack_configs:\n- api_url: {slack.Url}");
        using var stop = new CancellationTokenSource();

        Task<DeliveryResult> sending = integration.NotifyAsync(Samples.Group, [Samples.First], stop.Token);
        await Wait.UntilAsync(() => slack.Bodies.Count == 1, "a request");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_tried_again_and_its_address_is_not_told()
    {
        using IIntegration integration = Build("slack_configs:\n- api_url: http://127.0.0.1:1/services/SECRET");

        DeliveryResult result = await integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Retryable, result.Outcome);
        Assert.StartsWith("Post \"<redacted>\": ", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_may_stand_in_a_file_that_changes()
    {
        await using var slack = new CapturingReceiver();
        using var folder = new TempFolder();
        string file = folder.File("url");
        using IIntegration integration = Build($"slack_configs:\n- api_url_file: {file}");

        Assert.Equal($"open {file}: no such file or directory", (await integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None)).Reason);
        folder.Write("url", slack.Url + "\n");
        Assert.Equal(DeliveryOutcome.Delivered, (await integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_template_that_fails_is_told_and_nothing_is_sent()
    {
        await using var slack = new CapturingReceiver();

        DeliveryResult result = await NotifyAsync(slack, "title: '{{ template \"nope\" . }}'");

        Assert.Equal(DeliveryOutcome.Failed, result.Outcome);
        Assert.Contains("template \"nope\" not defined", result.Reason, StringComparison.Ordinal);
        Assert.Empty(slack.Bodies);
    }

    [Fact]
    public async Task A_long_title_is_cut()
    {
        await using var slack = new CapturingReceiver();

        await NotifyAsync(slack, $"title: '{new string('x', 2000)}'");

        Assert.Contains($"\"title\":\"{new string('x', 1023)}…\"", slack.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bots_token_is_its_authorization()
    {
        await using var slack = new CapturingReceiver { Body = "{\"ok\":true}", Headers = "Content-Type: application/json\r\n" };
        using IIntegration integration = Build($"slack_configs:\n- app_token: xoxb-1\n  app_url: {slack.Url}\n  channel: c");

        Assert.Equal(DeliveryOutcome.Delivered, (await integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None)).Outcome);
        Assert.Contains("Authorization: Bearer xoxb-1\r\n", slack.Heads[0], StringComparison.Ordinal);
    }

    internal static IIntegration Build(string integration, TimeProvider? time = null)
    {
        AlertmanagerFile file = ReadFile.Any(ReadFile.With(integration)).File;
        return Assert.Single(Assert.Single(ReceiverBuilder.Build(file.Receivers, Samples.Templates, time ?? TimeProvider.System)).Integrations);
    }

    private static async Task<DeliveryResult> NotifyAsync(CapturingReceiver slack, string fields)
    {
        using IIntegration integration = Build($"slack_configs:\n- api_url: {slack.Url}\n  {fields}");
        return await integration.NotifyAsync(Samples.Group, [Samples.First], CancellationToken.None);
    }
}
