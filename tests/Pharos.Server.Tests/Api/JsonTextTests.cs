using System.Buffers;
using System.Text;
using System.Text.Json;
using Pharos.Core.Buffers;
using Pharos.Server.Api;

namespace Pharos.Server.Tests.Api;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"quoted\" \\ / é 𝄞 \u2028")]
    [InlineData("\0\u0001\b\f\n\r\t\u001f\u007f")]
    public void Texts_read_back_as_they_were(string text)
    {
        var body = new ArrayBufferWriter<byte>();
        JsonText.WriteString(body, text);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(body.WrittenSpan));
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        var body = new ArrayBufferWriter<byte>();
        JsonText.WriteString(body, "a\ud800b");
        Assert.Equal("\"a\uFFFDb\"", Encoding.UTF8.GetString(body.WrittenSpan));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_435_781_451_781, "1435781451.781")]
    [InlineData(5_000, "5")]
    [InlineData(5_007, "5.007")]
    [InlineData(-1_500, "-1.500")]
    [InlineData(-7, "-0.007")]
    [InlineData(long.MinValue, "-9223372036854775.808")]
    public void Timestamps_are_seconds_with_three_decimals(long milliseconds, string expected)
    {
        Span<byte> output = stackalloc byte[JsonText.MaxTimestampLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(output[..JsonText.WriteTimestamp(milliseconds, output)]));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-07")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    public void Values_have_an_exponent_only_at_the_extremes(double value, string expected)
    {
        Span<byte> output = stackalloc byte[FloatWriter.MaxLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(output[..JsonText.WriteValue(value, output)]));
    }
}
