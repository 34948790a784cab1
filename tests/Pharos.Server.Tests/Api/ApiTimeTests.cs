using Pharos.Server.Api;

namespace Pharos.Server.Tests.Api;

public sealed class ApiTimeTests
{
    [Theory]
    [InlineData("1700000000", 1_700_000_000_000)]
    [InlineData("1700000000.0006", 1_700_000_000_001)]
    [InlineData("-0.5", -500)]
    [InlineData("2023-11-14T22:13:20Z", 1_700_000_000_000)]
    [InlineData("2023-11-14T22:13:20.1239Z", 1_700_000_000_123)]
    [InlineData("2023-11-14T20:13:20-02:00", 1_700_000_000_000)]
    [InlineData("-292273086-05-16T16:47:06Z", ApiTime.MinTime)]
    [InlineData("292277025-08-18T07:12:54.999999999Z", ApiTime.MaxTime)]
    public void A_time_is_a_number_of_seconds_or_rfc_3339(string text, long expected) => Assert.Equal(expected, ApiTime.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("2023-11-14")]
    [InlineData("2023-11-14T22:13:20")]
    [InlineData("2023-11-14T22:13:20.Z")]
    [InlineData("2023-11-14T22:13:20+1:00")]
    [InlineData("2023-13-14T22:13:20Z")]
    public void Anything_else_is_none(string text) =>
        Assert.Equal($"cannot parse \"{text}\" to a valid timestamp", Assert.Throws<FormatException>(() => ApiTime.Parse(text)).Message);

    [Theory]
    [InlineData("15", 15_000_000_000)]
    [InlineData("0.5", 500_000_000)]
    [InlineData("1m30s", 90_000_000_000)]
    [InlineData("-1", -1_000_000_000)]
    public void A_duration_is_a_number_of_seconds_or_has_units(string text, long expected) => Assert.Equal(expected, ApiTime.ParseDuration(text));

    [Theory]
    [InlineData("", "cannot parse \"\" to a valid duration")]
    [InlineData("1x", "cannot parse \"1x\" to a valid duration")]
    [InlineData("1e12", "cannot parse \"1e12\" to a valid duration. It overflows int64")]
    public void Any_other_duration_is_none(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ApiTime.ParseDuration(text)).Message);
}
