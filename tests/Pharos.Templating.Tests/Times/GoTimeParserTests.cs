using Pharos.Templating.Times;

namespace Pharos.Templating.Tests.Times;

public class GoTimeParserTests
{
    [Theory]
    [InlineData("2006-01-02", "2024-02-29", "2024-02-29 00:00:00 +0000 UTC")]
    [InlineData("2006-01-02T15:04:05Z07:00", "2024-01-01T08:15:30Z", "2024-01-01 08:15:30 +0000 UTC")]
    [InlineData("2006-01-02T15:04:05Z07:00", "2024-01-01T08:15:30.25+02:00", "2024-01-01 06:15:30.25 +0000 UTC")]
    [InlineData("Mon Jan _2 15:04:05 MST 2006", "Thu Feb  1 10:00:00 UTC 2024", "2024-02-01 10:00:00 +0000 UTC")]
    [InlineData("02 Jan 06 15:04 -0700", "06 Apr 21 13:00 +1000", "2021-04-06 03:00:00 +0000 UTC")]
    [InlineData("3:04PM", "7:05PM", "0001-01-01 19:05:00 +0000 UTC")]
    [InlineData("January 2, 2006", "March 5, 1969", "1969-03-05 00:00:00 +0000 UTC")]
    public void Reads_what_the_layout_shows(string layout, string text, string expected) => Assert.Equal(expected, GoTimeParser.Parse(layout, text).ToString());

    [Theory]
    [InlineData("2006-01-02", "not-a-date", "parsing time \"not-a-date\" as \"2006-01-02\": cannot parse \"not-a-date\" as \"2006\"")]
    [InlineData("2006-01-02", "2024-01", "parsing time \"2024-01\" as \"2006-01-02\": cannot parse \"\" as \"-\"")]
    [InlineData("2006-01-02", "2024-13-01", "parsing time \"2024-13-01\": month out of range")]
    [InlineData("2006-01-02", "2023-02-29", "parsing time \"2023-02-29\": day out of range")]
    [InlineData("15:04", "10:00 h", "parsing time \"10:00 h\": extra text: \" h\"")]
    public void Refuses_in_the_words_of_go(string layout, string text, string message) =>
        Assert.Equal(message, Assert.Throws<TemplateFunctionException>(() => GoTimeParser.Parse(layout, text)).Message);

    [Theory]
    [InlineData("Monday 15:04 -0700", "Monday 09:00 +0100")]
    [InlineData("2006-01-02T15:04:05Z07:00", "2024-01-15T09:00:00+01:00")]
    public void A_time_is_shown_where_its_zone_is(string layout, string expected)
    {
        var time = new GoTime(new DateTime(2024, 1, 15, 8, 0, 0, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(expected, time.Format(layout));
    }
}
