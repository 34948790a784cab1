using Pharos.Alerting.Configuration;

namespace Pharos.Alerting.Tests.Configuration;

public class GoDurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("10s", 10_000)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData(".5s", 500)]
    [InlineData("-1m", -60_000)]
    public void Reads_durations_of_go(string text, long milliseconds)
    {
        Assert.True(GoDurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1d")]
    [InlineData("10")]
    [InlineData("--1s")]
    [InlineData("1s ")]
    [InlineData("99999999999999h")]
    public void Refuses_the_rest(string text) => Assert.False(GoDurationText.TryParse(text, out _));
}
