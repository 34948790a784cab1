using Pharos.Access.WebConfig;

namespace Pharos.Access.Tests.WebConfig;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1s", 1000)]
    [InlineData("1.5s", 1500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("200ms", 200)]
    [InlineData("5000000", 5)]
    [InlineData("-1s", -1000)]
    public void Durations_are_read(string text, int milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1d")]
    [InlineData("1s1")]
    [InlineData("99999999999h")]
    public void Others_are_refused(string text) => Assert.Throws<FormatException>(() => GoDuration.Parse(text));
}
