using Pharos.Alerting.Configuration;
using Pharos.Config;

namespace Pharos.Alerting.Tests.Configuration;

public class IntegrationTests
{
    [Theory]
    [InlineData("discord_configs: [{webhook_url: https://x}]", "discord")]
    [InlineData("email_configs: [{to: a@b, from: c@d, smarthost: 'h:25', headers: {Subject: x}}]", "email")]
    [InlineData("incidentio_configs: [{url: https://x, alert_source_token: t}]", "incidentio")]
    [InlineData("pagerduty_configs: [{routing_key: k, details: {a: {b: c}}, links: [{href: x}], images: [{src: y}]}]", "pagerduty")]
    [InlineData("opsgenie_configs: [{api_key: k, responders: [{name: x, type: Team}]}]", "opsgenie")]
    [InlineData("wechat_configs: [{api_secret: s, corp_id: c, message_type: markdown}]", "wechat")]
    [InlineData("pushover_configs: [{user_key: u, token: t, retry: 1m30s}]", "pushover")]
    [InlineData("victorops_configs: [{api_key: k, routing_key: r, custom_fields: {a: b}}]", "victorops")]
    [InlineData("sns_configs: [{topic_arn: a, sigv4: {region: r}}]", "sns")]
    [InlineData("telegram_configs: [{bot_token: t, chat_id: -100123}]", "telegram")]
    [InlineData("webex_configs: [{room_id: r, http_config: {authorization: {credentials: c}}}]", "webex")]
    [InlineData("msteams_configs: [{webhook_url: https://x}]", "msteams")]
    [InlineData("msteamsv2_configs: [{webhook_url_file: f}]", "msteamsv2")]
    [InlineData("jira_configs: [{api_url: https://x, project: p, issue_type: t, summary: {template: s, enable_update: false}, description: d}]", "jira")]
    [InlineData("rocketchat_configs: [{token: t, token_id: i, fields: [{title: a, value: b, short: true}]}]", "rocketchat")]
    [InlineData("mattermost_configs: [{webhook_url: https://x, attachments: [{text: a, fields: [{title: b, value: c}]}]}]", "mattermost")]
    public void Kinds_without_a_sender_load_with_a_warning_that_says_so(string integration, string kind)
    {
        (AlertmanagerFile file, ConfigDiagnostics found) = ReadFile.Any(ReadFile.With(integration));

        Assert.Empty(found.Errors);
        var config = Assert.IsType<UnavailableConfig>(Assert.Single(file.Receivers[0].Integrations));
        Assert.Equal(kind, config.Kind);
        Assert.Contains(found.Warnings, w => w.Message.Contains($"{kind} is not available", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("discord_configs: [{title: x}]", "one of webhook_url or webhook_url_file must be configured")]
    [InlineData("email_configs: [{from: a@b}]", "missing to address in email config")]
    [InlineData("email_configs: [{to: a@b}]", "no global SMTP smarthost set")]
    [InlineData("email_configs: [{to: a@b, smarthost: 'h:25'}]", "no global SMTP from set")]
    [InlineData("email_configs: [{to: a@b, smarthost: h}]", "address h: missing port in address")]
    [InlineData("email_configs: [{to: a@b, from: c, smarthost: 'h:1', headers: {subject: x, Subject: y}}]", "duplicate header \"Subject\" in email config")]
    [InlineData("email_configs: [{to: a@b, from: c, smarthost: 'h:1', threading: {enabled: true}}]", "threading.thread_by_date must be either 'none' or 'daily'")]
    [InlineData("incidentio_configs: [{alert_source_token: t}]", "one of url or url_file must be configured")]
    [InlineData("pagerduty_configs: [{client: x}]", "missing service or routing key in PagerDuty config")]
    [InlineData("pagerduty_configs: [{routing_key: a, routing_key_file: b}]", "at most one of routing_key & routing_key_file must be configured")]
    [InlineData("opsgenie_configs: [{message: x}]", "no global OpsGenie API Key set either inline or in a file")]
    [InlineData("opsgenie_configs: [{api_key: k, responders: [{name: x, type: nobody}]}]", "opsGenieConfig responder { x  nobody} type does not match valid options ^(team|teams|user|escalation|schedule)$")]
    [InlineData("wechat_configs: [{api_secret: s}]", "no global Wechat CorpID set")]
    [InlineData("pushover_configs: [{user_key: u}]", "one of token or token_file must be configured")]
    [InlineData("pushover_configs: [{user_key: u, token: t, retry: x}]", "time: invalid duration \"x\"")]
    [InlineData("victorops_configs: [{api_key: k}]", "missing Routing key in VictorOps config")]
    [InlineData("victorops_configs: [{api_key: k, routing_key: r, custom_fields: {entity_id: b}}]", "victorOps config contains custom field entity_id which cannot be used as it conflicts with the fixed/static fields")]
    [InlineData("sns_configs: [{subject: s}]", "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config")]
    [InlineData("telegram_configs: [{bot_token: t}]", "missing chat_id or chat_id_file on telegram_config")]
    [InlineData("telegram_configs: [{chat_id: 1}]", "missing bot_token or bot_token_file on telegram_config")]
    [InlineData("telegram_configs: [{bot_token: t, chat_id: '-100123'}]", "cannot unmarshal !!str `-100123` into int64")]
    [InlineData("webex_configs: [{room_id: r}]", "missing webex_configs.http_config.authorization")]
    [InlineData("jira_configs: [{project: p, issue_type: t}]", "no global Jira Cloud URL set")]
    [InlineData("rocketchat_configs: [{token_id: t}]", "no global Rocketchat Token set either inline or in a file")]
    [InlineData("mattermost_configs: [{text: t}]", "missing webhook_url or webhook_url_file on mattermost_config")]
    [InlineData("slack_configs: [{channel: c}]", "no Slack API URL nor App token set either inline or in a file")]
    [InlineData("slack_configs: [{api_url: https://x, api_url_file: f}]", "at most one of api_url & api_url_file must be configured")]
    [InlineData("slack_configs: [{api_url: https://x, app_token: t}]", "at most one of api_url/api_url_file & app_token/app_token_file must be configured")]
    [InlineData("slack_configs: [{api_url: https://x, fields: [{title: t}]}]", "missing value in Slack field configuration")]
    [InlineData("slack_configs: [{api_url: https://x, actions: [{type: button, text: t}]}]", "missing name or url in Slack action configuration")]
    [InlineData("slack_configs: [{api_url: https://x, timeout: soon}]", "cannot unmarshal !!str `soon` into time.Duration")]
    [InlineData("slack_configs: [{api_url: 'https:///x'}]", "missing host for URL")]
    [InlineData("webhook_configs: [{max_alerts: 1}]", "one of url or url_file must be configured")]
    [InlineData("webhook_configs: [{url: https://x, url_file: f}]", "at most one of url & url_file must be configured")]
    [InlineData("webhook_configs: [{url: https://x, max_alerts: -1}]", "cannot unmarshal !!int `-1` into uint")]
    public void What_upstream_refuses_is_refused_in_its_words(string integration, string message) =>
        Assert.Contains(ReadFile.Any(ReadFile.With(integration)).Found.Errors, e => e.Message == message);

    [Fact]
    public void Integrations_are_told_in_upstreams_order_and_counted_by_kind()
    {
        AlertmanagerFile file = ReadFile.Good(ReadFile.With("slack_configs: [{api_url: https://a}, {api_url: https://b}]\nwebhook_configs: [{url: https://c}]"));

        Assert.Equal(["webhook 0", "slack 0", "slack 1"], file.Receivers[0].Integrations.Select(static i => $"{i.Kind} {i.Index}"));
    }

    [Fact]
    public void A_bots_token_is_sent_as_a_bearer_to_the_api()
    {
        AlertmanagerFile file = ReadFile.Good(ReadFile.With("slack_configs: [{channel: c}]", "  slack_app_token: xoxb-1\n"));

        var slack = Assert.IsType<SlackConfig>(file.Receivers[0].Integrations[0]);
        Assert.Equal("https://slack.com/api/chat.postMessage", slack.ApiUrl.Reveal());
        Assert.Equal("xoxb-1", slack.Http.Authorization!.Credentials.Reveal());
    }

    [Fact]
    public void The_global_http_section_holds_where_there_is_no_own()
    {
        AlertmanagerFile file = ReadFile.Good(ReadFile.With(
            "webhook_configs: [{url: https://c}, {url: https://d, http_config: {follow_redirects: false}}]",
            "  http_config: {proxy_url: 'http://p:1'}\n"));

        Assert.Equal("http://p:1", file.Receivers[0].Integrations[0].Http.Proxy.Url!.ToString());
        Assert.Null(file.Receivers[0].Integrations[1].Http.Proxy.Url);
    }

    [Fact]
    public void A_link_of_a_slack_action_has_no_name_value_and_confirmation()
    {
        AlertmanagerFile file = ReadFile.Good(ReadFile.With("slack_configs: [{api_url: https://a, actions: [{type: button, text: t, url: u, name: n, value: v, confirm: {text: c}}]}]"));

        SlackAction action = Assert.Single(Assert.IsType<SlackConfig>(file.Receivers[0].Integrations[0]).Actions);
        Assert.Equal(new SlackAction { Type = "button", Text = "t", Url = "u" }, action);
    }

    [Fact]
    public void A_text_that_is_no_template_is_warned_of()
    {
        ConfigDiagnostics found = ReadFile.Any(ReadFile.With("slack_configs: [{api_url: https://a, title: '{{ .Status | nope }}'}]")).Found;

        Assert.Empty(found.Errors);
        Assert.Contains("function \"nope\" not defined", Assert.Single(found.Warnings).Message, StringComparison.Ordinal);
    }
}
