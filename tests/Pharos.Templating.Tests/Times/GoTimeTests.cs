using Pharos.Templating.Times;

namespace Pharos.Templating.Tests.Times;

public class GoTimeTests
{
    private static readonly GoTime Moment = new(new DateTime(2024, 2, 3, 14, 5, 6, 70, DateTimeKind.Utc));

    [Theory]
    [InlineData("2006-01-02T15:04:05Z07:00", "2024-02-03T14:05:06Z")]
    [InlineData("Mon Jan _2 3:4:5 PM 06", "Sat Feb  3 2:5:6 PM 24")]
    [InlineData("Monday, January 2", "Saturday, February 3")]
    [InlineData("05.000 05.999 05.999999999 -0700 MST 002", "06.070 06.07 06.07 +0000 UTC 034")]
    [InlineData("Month 'quoted' \\", "Month 'quoted' \\")]
    public void Layouts_are_those_of_Go(string layout, string expected) => Assert.Equal(expected, Moment.Format(layout));

    [Theory]
    [InlineData(0L, "0s")]
    [InlineData(1L, "1ns")]
    [InlineData(1500L, "1.5\u00b5s")]
    [InlineData(-2_000_000L, "-2ms")]
    [InlineData(1_800_000_000_000L, "30m0s")]
    [InlineData(3_723_500_000_000L, "1h2m3.5s")]
    [InlineData(long.MinValue, "-2562047h47m16.854775808s")]
    public void Durations_print_as_in_Go(long nanoseconds, string expected) => Assert.Equal(expected, new GoDuration(nanoseconds).ToString());

    [Theory]
    [InlineData("{{.Year}} {{.Month}} {{.Weekday}} {{.Unix}} {{.UTC.Hour}}", "2024 February Saturday 1706969106 14")]
    [InlineData("{{.Before .}} {{.Equal .}} {{(.Sub .).String}}", "false true 0s")]
    [InlineData("{{.}}", "2024-02-03 14:05:06.07 +0000 UTC")]
    public void Templates_call_its_methods(string template, string expected) =>
        Assert.Equal(expected, Template.Parse("t", template, TemplateFunctions.Builtin).Execute(Moment, TemplateOptions.Default));
}
