using Pharos.Core.Histograms;
using Pharos.Templating.Prometheus;

namespace Pharos.Templating.Tests.Prometheus;

public class RuleTemplateTests
{
    private static readonly RuleTemplateData Data =
        new([new("instance", "a:9100"), new("job", "node")], [new("region", "north")], "http://pharos:9090/p", 1234567.891);

    private static readonly RuleTemplateContext Context = new()
    {
        Timestamp = 1353755652000,
        ExternalUrl = new Uri("http://pharos:9090/p/"),
        Query = static (expression, _) => expression == "none"
            ? []
            : [new QuerySample([new("x", "b")], 2), new QuerySample([new("x", "a"), new("__value__", "v")], 1)],
    };

    [Theory]
    [InlineData("{{ $labels.instance }} of {{ .Labels.job }}", "a:9100 of node")]
    [InlineData("{{ $value }} {{ humanize $value }} {{ .Value | printf \"%.1f\" }}", "1.234567891e+06 1.235M 1234567.9")]
    [InlineData("{{ $externalLabels.region }} {{ $externalURL }}{{ pathPrefix }}", "north http://pharos:9090/p/p")]
    [InlineData("[{{ $labels.none }}]", "[]")]
    [InlineData("{{ range query \"up\" | sortByLabel \"x\" }}{{ .Labels.x }}={{ .Value }} {{ end }}", "a=1 b=2 ")]
    [InlineData("{{ with query \"none\" }}x{{ else }}empty{{ end }}", "empty")]
    [InlineData("{{ query \"up\" | first | label \"x\" }}", "b")]
    [InlineData("{{ reReplaceAll \"(.*):.*\" \"$1\" $labels.instance }}", "a")]
    [InlineData("{{ reReplaceAll \"b*\" \"-\" \"abc\" }}", "-a-c-")]
    [InlineData("{{ title \"two words\" }} {{ toLower \"ABC\" }} {{ tableLink \"up > 1\" }}", "Two Words abc /graph?g0.expr=up+%3E+1&g0.tab=1")]
    [InlineData("{{ now | humanizeTimestamp }} {{ (toTime 0.5).UnixMilli }} {{ urlQueryEscape \"a b\" }}", "2012-11-24 11:14:12 +0000 UTC 500 a+b")]
    [InlineData("{{ \"a.b.c:80\" | stripDomain }} {{ \"[::1]:80\" | stripPort }}", "a:80 ::1")]
    public void A_template_sees_its_alert(string template, string expected) =>
        Assert.Equal(expected, RuleTemplate.Parse("__alert_x", template).Expand(Data, Context));

    [Theory]
    [InlineData("{{ $label.instance }}", "template: __alert_x:1: undefined variable \"$label\"")]
    [InlineData("{{ tmpl \"a\" . }}", "template: __alert_x:1: function \"tmpl\" not defined")]
    public void What_upstream_refuses_is_refused(string template, string error) =>
        Assert.Equal(error, Assert.Throws<TemplateException>(() => RuleTemplate.Parse("__alert_x", template)).Message);

    [Theory]
    [InlineData("{{ query \"none\" | first }}", "error calling first: first() called on vector with no elements")]
    [InlineData("{{ match \"(\" \"a\" }}", "error calling match: error parsing regexp: missing closing ): `(`")]
    [InlineData("{{ humanize true }}", "error calling humanize: can't convert bool to float")]
    [InlineData("{{ toDuration 1e300 }}", "error calling toDuration: 1e+300 cannot be represented as a nanoseconds duration since it overflows int64")]
    [InlineData("{{ parseDuration \"1x\" }}", "error calling parseDuration: unknown unit \"x\" in duration \"1x\"")]
    public void What_fails_says_why(string template, string error) => Assert.EndsWith(
        error,
        Assert.Throws<TemplateException>(() => RuleTemplate.Parse("__alert_x", template).Expand(Data, Context)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Histograms_are_text()
    {
        var histogram = new FloatHistogram
        {
            Count = 6,
            Sum = 10.5,
            ZeroCount = 1,
            ZeroThreshold = 0.001,
            PositiveSpans = [new BucketSpan(0, 2)],
            PositiveBuckets = [2, 1],
            NegativeSpans = [new BucketSpan(1, 1)],
            NegativeBuckets = [2],
        };
        var data = new RuleTemplateData([], [], "", histogram);
        Assert.Equal("{count:6, sum:10.5, [-2,-1):2, [-0.001,0.001]:1, (0.5,1]:2, (1,2]:1}", RuleTemplate.Parse("t", "{{ $value }}").Expand(data, new RuleTemplateContext()));
    }
}
