using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Config;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Configuration;

public class AlertmanagerFileReaderTests
{
    [Fact]
    public void The_configuration_of_the_seeds_loads_as_it_is_meant()
    {
        AlertmanagerFile file = ReadFile.Good("""
            global:
              resolve_timeout: 5m
              slack_api_url: 'https://hooks.slack.example/services/T0/B0/XXX'
            route:
              group_by: ['alertname', 'severity']
              group_wait: 30s
              group_interval: 5m
              repeat_interval: 4h
              receiver: 'slack-notifications'
              routes:
              - match:
                  severity: critical
                receiver: slack-critical
                continue: true
              - receiver: slack-notifications
            receivers:
            - name: 'slack-notifications'
              slack_configs:
              - channel: '#monitoring'
                send_resolved: true
                title: '[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}'
                text: >-
                  {{ range .Alerts }}
                    *Alert:* {{ .Annotations.summary }}
                  {{ end }}
            - name: 'slack-critical'
              slack_configs:
              - channel: '#incidents'
            """);

        Assert.Equal(["alertname", "severity"], file.Route.GroupBy);
        Assert.Equal(TimeSpan.FromHours(4), file.Route.RepeatInterval);
        Assert.Equal("{severity=\"critical\"}", file.Route.Routes[0].Matchers.Format());
        var slack = Assert.IsType<SlackConfig>(Assert.Single(file.Receivers[0].Integrations));
        Assert.Equal("#monitoring", slack.Channel);
        Assert.True(slack.SendResolved);
        Assert.Equal("https://hooks.slack.example/services/T0/B0/XXX", slack.ApiUrl.Reveal());
        Assert.Equal("{{ range .Alerts }}\n  *Alert:* {{ .Annotations.summary }}\n{{ end }}", slack.Text);
        var critical = Assert.IsType<SlackConfig>(Assert.Single(file.Receivers[1].Integrations));
        Assert.False(critical.SendResolved);
        Assert.Equal("{{ template \"slack.default.title\" . }}", critical.Title);
    }

    [Theory]
    [InlineData("{}", "1:1: no routes provided")]
    [InlineData("", "0:0: no route provided in config")]
    [InlineData("route:\n  group_by: [a]\n", "2:3: root route must specify a default receiver")]
    [InlineData("route:\n  receiver: a\n", "2:13: undefined receiver \"a\" used in route")]
    [InlineData("route:\n  receiver: a\n  matchers: [x=y]\nreceivers: [{name: a}]", "3:13: root route must not have any matchers")]
    [InlineData("route:\n  receiver: a\n  group_interval: 0s\nreceivers: [{name: a}]", "3:19: group_interval cannot be zero")]
    [InlineData("route:\n  receiver: a\n  active_time_intervals: [x]\ntime_intervals: [{name: x}]\nreceivers: [{name: a}]", "3:26: root route must not have any active time intervals")]
    [InlineData("route:\n  receiver: a\n  routes:\n  - mute_time_intervals: [x]\nreceivers: [{name: a}]", "4:26: undefined time interval \"x\" used in route")]
    [InlineData("route:\n  receiver: a\n  routes:\n  - match: {a-b: c}\nreceivers: [{name: a}]", "4:13: invalid label name \"a-b\"")]
    [InlineData("route:\n  receiver: a\n  routes:\n  - match_re: {a: '['}\nreceivers: [{name: a}]", "4:19: error parsing regexp: missing closing ]: `[)$`")]
    [InlineData("route:\n  receiver: a\n  routes:\n  - matchers: ['a']\nreceivers: [{name: a}]", "4:16: bad matcher format: a")]
    [InlineData("route:\n  receiver: a\n  group_wait: 5\nreceivers: [{name: a}]", "3:15: not a valid duration string: \"5\"")]
    [InlineData("route:\n  receiver: a\nreceivers: [{name: a}, {name: a}]", "3:24: notification config name \"a\" is not unique")]
    [InlineData("route:\n  receiver: a\nreceivers: [{name: a}]\ninhibit_rules: [{equal: ['']}]", "4:25: invalid label name \"\" in equal list")]
    [InlineData("route:\n  receiver: a\nreceivers: [{name: a}]\ntime_intervals: [{name: x}, {name: x}]", "4:36: time interval \"x\" is not unique")]
    [InlineData("route:\n  reciever: a\n  receiver: a\nreceivers: [{name: a}]", "2:3: field reciever not found in type config.plain")]
    [InlineData("route:\n  receiver: a\nreceivers: [{name: a}]\ntracing: {insecure: true}", "4:10: tracing endpoint must be set")]
    public void Mistakes_are_told_with_their_place_in_upstreams_words(string text, string expected) => Assert.Contains(expected, ReadFile.Errors(text));

    [Fact]
    public void Every_mistake_of_a_file_is_found_at_once()
    {
        IReadOnlyList<string> errors = ReadFile.Errors("route:\n  receiver: a\n  repeat_interval: 0s\n  continue: true\nreceivers:\n- name: b\n  webhook_configs:\n  - max_alerts: x\n");

        Assert.Equal(4, errors.Count);
    }

    [Fact]
    public void Older_and_newer_matchers_of_a_route_are_one_sorted_list()
    {
        AlertmanagerFile file = ReadFile.Good("route:\n  receiver: a\n  routes:\n  - match: {z: '1'}\n    match_re: {b: 'x|y'}\n    matchers: [m!=\"2\", 'a=~\".+\"']\nreceivers: [{name: a}]");

        Assert.Equal("{a=~\".+\",b=~\"^(?:x|y)$\",m!=\"2\",z=\"1\"}", file.Route.Routes[0].Matchers.Format());
    }

    [Fact]
    public void Group_by_may_be_empty_absent_or_everything()
    {
        Assert.Null(ReadFile.Good("route:\n  receiver: a\nreceivers: [{name: a}]").Route.GroupBy);
        Assert.Empty(ReadFile.Good("route:\n  receiver: a\n  group_by: []\nreceivers: [{name: a}]").Route.GroupBy!);
        Assert.True(ReadFile.Good("route:\n  receiver: a\n  group_by: ['...']\nreceivers: [{name: a}]").Route.GroupByAll);
    }

    [Fact]
    public void A_continue_that_leads_nowhere_is_warned_of()
    {
        ConfigDiagnostics found = ReadFile.Any("route:\n  receiver: a\n  routes:\n  - matchers: [x=y]\n    continue: true\nreceivers: [{name: a}]").Found;

        Assert.Contains(found.Warnings, static w => w.Line == 4 && w.Message.StartsWith("continue has no effect here", StringComparison.Ordinal));
    }

    [Fact]
    public void Intervals_of_both_lists_stand_in_one_table()
    {
        AlertmanagerFile file = ReadFile.Good("""
            route: {receiver: a}
            receivers: [{name: a}]
            mute_time_intervals:
            - name: night
              time_intervals: [{times: [{start_time: '22:00', end_time: '24:00'}]}]
            time_intervals:
            - name: work
              time_intervals: [{weekdays: ['Monday:friday'], location: Europe/Berlin}]
            """);

        Assert.Equal(["night", "work"], file.TimeIntervals.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Route_labels_are_kept_and_label_names_follow_the_mode()
    {
        const string Text = "route:\n  receiver: a\n  labels: {team-name: '{{ .GroupLabels.x }}'}\nreceivers: [{name: a}]";

        Assert.Equal(Labels.Of("team-name", "{{ .GroupLabels.x }}"), ReadFile.Good(Text).Route.Labels);
        Assert.Contains(ReadFile.Any(Text, MatcherMode.Classic).Found.Errors, static e => e.Message == "invalid label name \"team-name\" in route labels");
    }

    [Fact]
    public void The_text_in_effect_hides_secrets_and_reads_back()
    {
        AlertmanagerFile file = ReadFile.Good(ReadFile.With(
            "slack_configs:\n- channel: '#a'\nwebhook_configs:\n- url: https://hook.example/SECRET1\n  payload: {a: ['{{ .Status }}', 1]}",
            "  slack_api_url: https://hooks.slack.example/SECRET2\n  smtp_auth_password: SECRET3\n"));

        Assert.DoesNotContain("SECRET", file.Text, StringComparison.Ordinal);
        Assert.Contains("slack_api_url: <secret>", file.Text, StringComparison.Ordinal);
        Assert.Equal(file.Text, ReadFile.Good(file.Text).Text);
    }

    [Fact]
    public void A_refused_secret_is_not_shown()
    {
        ConfigDiagnostics found = ReadFile.Any(ReadFile.With("webhook_configs:\n- url: 'ftp://SECRET'\n- url: 'http://x/{{ .SECRET'", "  slack_api_url: ':SECRET'\n")).Found;

        Assert.Equal(3, found.Errors.Count);
        Assert.DoesNotContain(found.Errors, static e => e.ToString().Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void Relative_paths_are_of_the_files_folder()
    {
        AlertmanagerFile file = ReadFile.Good("templates: ['t/*.tmpl']\n" + ReadFile.With("slack_configs:\n- api_url_file: slack-url"));

        Assert.Equal(["/etc/pharos/t/*.tmpl"], file.Templates);
        Assert.Equal("/etc/pharos/slack-url", Assert.IsType<SlackConfig>(file.Receivers[0].Integrations[0]).ApiUrlFile);
    }

    [Fact]
    public void A_file_is_loaded_or_refused_whole()
    {
        using var folder = new TempFolder();
        string good = folder.Write("good.yml", "route: {receiver: a}\nreceivers: [{name: a, email_configs: [{to: x@y, from: z@y, smarthost: 'h:25'}]}]");
        string bad = folder.Write("bad.yml", "BAD\n");
        var warnings = new List<ConfigWarning>();

        Assert.Equal("a", AlertmanagerFileReader.Load(good, warnings: warnings).Route.Receiver);
        Assert.Contains("email is not available", Assert.Single(warnings).Message, StringComparison.Ordinal);
        Assert.Contains("cannot unmarshal !!str into config.plain", Assert.Throws<ConfigException>(() => AlertmanagerFileReader.Load(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_nested_without_end_are_refused()
    {
        string text = "route:\n  receiver: a\n" + string.Concat(Enumerable.Range(1, 80).Select(static i => $"{new string(' ', 2 * i)}routes:\n{new string(' ', 2 * i)}- matchers: [x=y]\n")) + "receivers: [{name: a}]";

        Assert.NotEmpty(ReadFile.Errors(text));
    }
}
