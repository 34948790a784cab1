using Pharos.Core.Time;

namespace Pharos.Core.Tests.Time;

public sealed class PrometheusDurationTests
{
    [Theory]
    [InlineData("0", 0, "0s")]
    [InlineData("0s", 0, "0s")]
    [InlineData("15s", 15_000, "15s")]
    [InlineData("324ms", 324, "324ms")]
    [InlineData("61001ms", 61_001, "1m1s1ms")]
    [InlineData("3w2d1h", 1_990_800_000, "23d1h")]
    [InlineData("0000000000000000000000001s", 1_000, "1s")]
    [InlineData("1h30m", 5_400_000, "1h30m")]
    [InlineData("90m", 5_400_000, "1h30m")]
    [InlineData("1d12h", 129_600_000, "1d12h")]
    [InlineData("90d", 7_776_000_000, "90d")]
    [InlineData("14d", 1_209_600_000, "2w")]
    [InlineData("365d", 31_536_000_000, "1y")]
    [InlineData("1y2w3d4h5m6s7ms", 33_019_506_007, "382d4h5m6s7ms")]
    [InlineData("1ms", 1, "1ms")]
    [InlineData("292y", 9_208_512_000_000, "292y")]
    public void Text_is_summed_and_printed_in_the_usual_units(string text, long milliseconds, string printed)
    {
        TimeSpan duration = PrometheusDuration.Parse(text);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
        Assert.Equal(printed, PrometheusDuration.Format(duration));
    }

    [Theory]
    [InlineData("", "empty duration string")]
    [InlineData("1", "not a valid duration string: \"1\"")]
    [InlineData("-5m", "not a valid duration string: \"-5m\"")]
    [InlineData("5m1h", "not a valid duration string: \"5m1h\"")]
    [InlineData("5m5m", "not a valid duration string: \"5m5m\"")]
    [InlineData("1.5d", "unknown unit \".\" in duration \"1.5d\"")]
    [InlineData("5 m", "unknown unit \" m\" in duration \"5 m\"")]
    [InlineData("3M", "unknown unit \"M\" in duration \"3M\"")]
    [InlineData("d", "not a valid duration string: \"d\"")]
    [InlineData("1h ", "unknown unit \"h \" in duration \"1h \"")]
    [InlineData("200y10400w", "duration out of range")]
    [InlineData("294y", "duration out of range")]
    [InlineData("292y1000w", "duration out of range")]
    [InlineData("99999999999999999999s", "not a valid duration string: \"99999999999999999999s\"")]
    [InlineData("9999999999999999999s", "duration out of range")]
    public void What_is_no_duration_is_refused_in_the_words_of_upstream(string text, string message)
    {
        Assert.False(PrometheusDuration.TryParse(text, out _, out string? error));
        Assert.Equal(message, error);
        Assert.Equal(message, Assert.Throws<FormatException>(() => PrometheusDuration.Parse(text)).Message);
    }

    [Fact]
    public void A_sign_is_taken_only_where_it_is_asked_for()
    {
        Assert.True(PrometheusDuration.TryParseSigned("-1h30m", out TimeSpan duration, out _));
        Assert.Equal(-TimeSpan.FromMinutes(90), duration);
        Assert.Equal("-1h30m", PrometheusDuration.Format(duration));
        Assert.False(PrometheusDuration.TryParseSigned("--1h", out _, out _));
    }

    [Fact]
    public void Every_printed_duration_reads_back_to_the_millisecond()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            TimeSpan duration = TimeSpan.FromMilliseconds(random.NextInt64(1L << random.Next(1, 43)));

            Assert.Equal(duration, PrometheusDuration.Parse(PrometheusDuration.Format(duration)));
        }
    }
}
