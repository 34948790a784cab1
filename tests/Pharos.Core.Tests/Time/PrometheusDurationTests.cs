using Pharos.Core.Time;

namespace Pharos.Core.Tests.Time;

public sealed class PrometheusDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("324ms", 324)]
    [InlineData("3s", 3_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("4d", 345_600_000)]
    [InlineData("4d1h", 349_200_000)]
    [InlineData("14d", 1_209_600_000)]
    [InlineData("3w", 1_814_400_000)]
    [InlineData("3w2d1h", 1_990_800_000)]
    [InlineData("10y", 315_360_000_000)]
    [InlineData("0000000000000000000000001s", 1_000)]
    public void Whole_units_in_falling_order_are_read(string text, long milliseconds)
    {
        Assert.True(PrometheusDuration.TryParse(text, out TimeSpan duration, out _));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("", "empty duration string")]
    [InlineData("1", "not a valid duration string: \"1\"")]
    [InlineData("-1w", "not a valid duration string: \"-1w\"")]
    [InlineData("1.5d", "not a valid duration string: \"1.5d\"")]
    [InlineData("d", "not a valid duration string: \"d\"")]
    [InlineData("1m1h", "not a valid duration string: \"1m1h\"")]
    [InlineData("1s1s", "not a valid duration string: \"1s1s\"")]
    [InlineData("1h ", "not a valid duration string: \"1h \"")]
    [InlineData("294y", "duration out of range")]
    [InlineData("200y10400w", "duration out of range")]
    [InlineData("99999999999999999999999s", "duration out of range")]
    public void Anything_else_is_refused_in_upstreams_words(string text, string expected)
    {
        Assert.False(PrometheusDuration.TryParse(text, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(324, "324ms")]
    [InlineData(61_001, "1m1s1ms")]
    [InlineData(129_600_000, "1d12h")]
    [InlineData(604_800_000, "1w")]
    [InlineData(691_200_000, "8d")]
    [InlineData(31_536_000_000, "1y")]
    [InlineData(-300_000, "-5m")]
    public void Weeks_and_years_are_printed_only_when_they_divide_evenly(long milliseconds, string expected)
    {
        Assert.Equal(expected, PrometheusDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));
    }
}
