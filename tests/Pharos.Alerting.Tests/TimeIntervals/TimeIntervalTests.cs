using Pharos.Alerting.TimeIntervals;

namespace Pharos.Alerting.Tests.TimeIntervals;

public class TimeIntervalTests
{
    [Theory]
    [InlineData("2024-02-29T12:00:00Z", true)]
    [InlineData("2024-02-28T12:00:00Z", false)]
    [InlineData("2023-02-28T12:00:00Z", true)]
    public void The_last_day_of_the_month_is_minus_one(string time, bool expected) =>
        Assert.Equal(expected, new TimeInterval { DaysOfMonth = [new InclusiveRange(-1, -1)] }.Contains(At(time)));

    [Fact]
    public void A_day_that_the_month_does_not_have_is_not_its_last_one() =>
        Assert.False(new TimeInterval { DaysOfMonth = [new InclusiveRange(31, 31)] }.Contains(At("2024-04-30T00:00:00Z")));

    [Theory]
    [InlineData("2024-07-01T07:00:00Z", true)]
    [InlineData("2024-07-01T06:59:59Z", false)]
    [InlineData("2024-01-01T07:00:00Z", false)]
    [InlineData("2024-01-01T08:00:00Z", true)]
    public void Times_are_read_off_the_clock_of_the_place_also_in_summer(string time, bool expected)
    {
        var interval = new TimeInterval { Times = [new MinuteRange(9 * 60, 17 * 60)], Location = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        Assert.Equal(expected, interval.Contains(At(time)));
    }

    [Fact]
    public void All_that_is_said_must_hold()
    {
        var interval = new TimeInterval
        {
            Weekdays = [new InclusiveRange(1, 5)],
            Months = [new InclusiveRange(11, 12)],
            Years = [new InclusiveRange(2026, 2026)],
            Times = [new MinuteRange(0, 24 * 60)],
        };

        Assert.True(interval.Contains(At("2026-11-20T23:59:59Z")));
        Assert.False(interval.Contains(At("2026-11-21T12:00:00Z")));
        Assert.False(interval.Contains(At("2025-11-20T12:00:00Z")));
        Assert.False(interval.Contains(At("2026-10-20T12:00:00Z")));
    }

    [Fact]
    public void A_table_names_those_that_contain_the_time_each_once()
    {
        var always = new TimeInterval();
        var never = new TimeInterval { Years = [new InclusiveRange(1999, 1999)] };
        var table = new TimeIntervalTable(new Dictionary<string, IReadOnlyList<TimeInterval>> { ["a"] = [always, always], ["b"] = [never] });

        Assert.Equal(["a"], table.Containing(["b", "a", "unknown"], At("2026-11-20T12:00:00Z")));
    }

    private static long At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
