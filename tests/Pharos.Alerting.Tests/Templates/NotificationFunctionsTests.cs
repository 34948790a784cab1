using Pharos.Alerting.Templates;
using Pharos.Templating;
using Pharos.Templating.Times;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Templates;

public class NotificationFunctionsTests
{
    private static readonly ManualTimeProvider Clock = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private static readonly NotificationTemplates Templates = NotificationTemplates.Load([], "", Clock);

    [Theory]
    [InlineData("{{ title \"hELLO wORLD it's node_exporter foo.bar a-b\" }}", "Hello World It's Node_exporter Foo.bar A-B")]
    [InlineData("{{ toUpper \"ab\" }}{{ toLower \"CD\" }}{{ trimSpace \" e \" }}", "ABcde")]
    [InlineData("{{ match \"^a.c$\" \"abc\" }} {{ reReplaceAll \"(.)b\" \"$1$1\" \"abab\" }}", "true aaaa")]
    [InlineData("{{ urlUnescape \"a%20b+c\" }}", "a b c")]
    [InlineData("{{ base64encode \"flush>>\" }} {{ base64decode \"Zmx1c2g-Pg==\" }}", "Zmx1c2g-Pg== flush>>")]
    [InlineData("{{ now | date \"2006-01-02 15:04\" }} {{ now | since | humanizeDuration }}", "2026-11-20 09:00 0s")]
    [InlineData("{{ now | tz \"Europe/Berlin\" | date \"15:04 -07:00\" }}", "10:00 +01:00")]
    [InlineData("{{ since (toDate \"2006-01-02\" \"2026-11-19\") }}", "33h0m0s")]
    [InlineData("{{ toJson (dict \"b\" 1 \"a\" (list true nil \"<&>\" 1.5 1e21 0.0000001)) }}", "{\"a\":[true,null,\"\\u003c\\u0026\\u003e\",1.5,1e+21,1e-7],\"b\":1}")]
    [InlineData("{{ toJson (stringSlice \"a\" \"b\") }}{{ toJson now }}", "[\"a\",\"b\"]\"2026-11-20T09:00:00Z\"")]
    [InlineData("{{ append (list 1) 2 3 }}{{ list }}{{ dict }}", "[1 2 3][]map[]")]
    public void Functions_do_what_upstreams_do(string text, string expected) => Assert.Equal(expected, Templates.ExpandValue(text, null));

    [Theory]
    [InlineData("{{ urlUnescape \"%zz\" }}", "invalid URL escape \"%zz\"")]
    [InlineData("{{ base64decode \"a!\" }}", "illegal base64 data at input byte 1")]
    [InlineData("{{ dict 1 2 }}", "dict keys must be strings")]
    [InlineData("{{ dict 1 }}", "dict requires an even number of arguments")]
    [InlineData("{{ join \",\" (list \"a\") }}", "wrong type for value; expected []string; got []interface {}")]
    [InlineData("{{ tz \"Nowhere\" now }}", "unknown time zone Nowhere")]
    [InlineData("{{ match \"(\" \"\" }}", "error parsing regexp: missing closing ): `(`")]
    public void Functions_fail_as_upstreams_do(string text, string message) =>
        Assert.Contains(message, Assert.Throws<TemplateException>(() => Templates.ExpandValue(text, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Only_marked_texts_are_not_escaped_in_html() =>
        Assert.Equal("&lt;a&gt;<b>", Templates.ExpandValue("{{ .x }}{{ safeHtml \"<b>\" }}", TemplateMap.OfStrings([KeyValuePair.Create("x", "<a>")]), isHtml: true));

    [Fact]
    public void Json_escapes_what_go_escapes()
    {
        var json = new GoJsonWriter(1000);

        json.Value("\u2028\u0001\b\f\n\r\t\"\\é🙂");

        Assert.Equal("\"\\u2028\\u0001\\b\\f\\n\\r\\t\\\"\\\\é🙂\"", json.ToString());
    }

    [Theory]
    [InlineData(100000000000000000000.0, "100000000000000000000")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(-0.000001, "-0.000001")]
    [InlineData(1.2345678901234568e+29, "1.2345678901234568e+29")]
    [InlineData(-5e-324, "-5e-324")]
    [InlineData(0.1, "0.1")]
    public void Json_numbers_are_as_short_as_in_go(double number, string expected)
    {
        var json = new GoJsonWriter(1000);

        json.Value(number);

        Assert.Equal(expected, json.ToString());
    }

    [Fact]
    public void Json_is_bounded()
    {
        var json = new GoJsonWriter(10);

        Assert.Throws<TemplateFunctionException>(() => json.Value(new TemplateList([.. Enumerable.Repeat<object?>("aaaa", 10)])));
    }

    [Fact]
    public void Times_of_alerts_are_shown_to_the_millisecond() =>
        Assert.Equal("2026-01-01T00:00:00.123Z", new GoTime(DateTime.UnixEpoch.AddMilliseconds(Samples.Start + 123)).Format(GoJsonWriter.TimeLayout));
}
