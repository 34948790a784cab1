using Pharos.Alerting.Templates;
using Pharos.Config;
using Pharos.Core.Labels;
using Pharos.Templating;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Templates;

public class NotificationTemplatesTests
{
    [Theory]
    [InlineData("{{ .Receiver }} {{ .Status }} {{ len .Alerts }} {{ .NotificationReason }} {{ .ExternalURL }}", "r firing 2 first notification http://am.example:9093")]
    [InlineData("{{ .GroupLabels }}|{{ .CommonLabels.Names }}|{{ .CommonAnnotations }}", "alertname=Down, cluster=c1|[alertname cluster severity]|")]
    [InlineData("{{ range .Alerts.Firing }}{{ .Labels.instance }}{{ .StartsAt.Format \"2006-01-02T15:04:05.000Z\" }}{{ end }}", "a:12026-01-01T00:00:00.123Z")]
    [InlineData("{{ range .Alerts.Resolved }}{{ .Labels.instance }} {{ .EndsAt.Unix }} {{ .Fingerprint }}{{ end }}", "b:1 1795165199 ee322cc62bbf34c2")]
    [InlineData("{{ (index .Alerts 0).EndsAt.IsZero }}", "true")]
    [InlineData("{{ range .GroupLabels.SortedPairs }}{{ .Name }}:{{ .Value }};{{ end }}", "alertname:Down;cluster:c1;")]
    [InlineData("{{ (.CommonLabels.Remove (stringSlice \"alertname\" \"cluster\")).Values.Join \"-\" }}", "critical")]
    [InlineData("{{ .CommonLabels.missing }}|{{ .CommonLabels.Values | join \",\" }}", "|Down,c1,critical")]
    [InlineData("{{ if .CommonAnnotations.summary }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ with .Alerts.Firing }}{{ (index . 0).Annotations.summary | toUpper }}{{ end }}", "IT IS <DOWN> & OUT")]
    [InlineData("no template", "no template")]
    public void Templates_see_the_message(string text, string expected) => Assert.Equal(expected, Samples.Expand(text, Samples.First, Samples.Second));

    [Fact]
    public void Users_files_define_and_redefine_templates()
    {
        using var folder = new TempFolder();
        folder.Write("a.tmpl", "{{ define \"slack.default.title\" }}mine {{ template \"b\" . }}{{ end }}");
        folder.Write("b.tmpl", "{{ define \"b\" }}{{ .Status }}{{ end }}");

        var templates = NotificationTemplates.Load([folder.File("*.tmpl"), folder.File("none/*.tmpl")], "");

        Assert.Equal("mine firing | /#/alerts?receiver=r", templates.Expand("{{ template \"slack.default.fallback\" . }}", Message.Of(Samples.Group, [Samples.First], "")));
    }

    [Fact]
    public void Broken_files_are_all_told_with_their_place()
    {
        using var folder = new TempFolder();
        string first = folder.Write("a.tmpl", "\n{{ define \"x\" }}{{ nope }}{{ end }}");
        string second = folder.Write("b.tmpl", "{{ if }}");

        ConfigException refused = Assert.Throws<ConfigException>(() => NotificationTemplates.Load([folder.File("*.tmpl")], ""));

        Assert.Equal([first, second], refused.Errors.Select(static e => e.File));
        Assert.Contains("a.tmpl:2: function \"nope\" not defined", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(refused.Errors, NotificationTemplates.Check([folder.File("*.tmpl")]));
    }

    [Theory]
    [InlineData("{{ define \"loop\" }}{{ template \"loop\" . }}{{ end }}{{ template \"loop\" . }}")]
    [InlineData("{{ range $i, $a := (index .Alerts 0).Labels }}{{ range 1000000000 }}x{{ end }}{{ end }}")]
    [InlineData("{{ $l := list 1 }}{{ range 100000000 }}{{ $l = append $l $l }}{{ end }}{{ $l }}")]
    [InlineData("{{ $s := \"xxxxxxxxxxxxxxxx\" }}{{ range 100000 }}{{ $s = printf \"%s%s\" $s $s }}{{ end }}")]
    public void A_template_without_an_end_is_ended(string text) => Assert.Throws<TemplateException>(() => Samples.Expand(text, Samples.First));

    [Fact]
    public void A_message_that_is_called_off_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => Samples.Templates.Expand("{{ range 1000 }}x{{ end }}", Message.Of(Samples.Group, [Samples.First], ""), stop.Token));
    }

    [Fact]
    public void Route_labels_may_use_each_other_and_the_group()
    {
        var failed = new List<string>();

        Labels labels = Samples.Templates.ExpandRouteLabels(
            Labels.Of("team", "team-{{ .GroupLabels.cluster }}", "channel", "#{{ routeLabels \"team\" }}", "a", "{{ routeLabels \"b\" }}", "b", "{{ routeLabels \"a\" }}", "plain", "x"),
            Samples.Group,
            [Samples.First],
            (name, problem) => failed.Add($"{name}: {problem}"));

        Assert.Equal(Labels.Of("team", "team-c1", "channel", "#team-c1", "plain", "x"), labels);
        Assert.Equal(2, failed.Count);
        Assert.Contains("route label cycle detected: a -> b -> a", failed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Route_labels_in_a_message_are_as_they_were_expanded() =>
        Assert.Equal("{{ x }}", Samples.Templates.Expand("{{ routeLabels \"a\" }}", Message.Of(Samples.Group with { RouteLabels = Labels.Of("a", "{{ x }}") }, [Samples.First], "")));
}
