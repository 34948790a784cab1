using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class YamlScalarTests
{
    [Theory]
    [InlineData("x", "!!str")]
    [InlineData("''", "!!str")]
    [InlineData("'1'", "!!str")]
    [InlineData("~", "!!null")]
    [InlineData("NULL", "!!null")]
    [InlineData("y", "!!bool")]
    [InlineData("Off", "!!bool")]
    [InlineData("oN", "!!str")]
    [InlineData("1", "!!int")]
    [InlineData("-0x1F", "!!int")]
    [InlineData("0o17", "!!int")]
    [InlineData("0b11", "!!int")]
    [InlineData("1_000", "!!int")]
    [InlineData("08", "!!float")]
    [InlineData("18446744073709551615", "!!int")]
    [InlineData("18446744073709551616", "!!float")]
    [InlineData("1.", "!!float")]
    [InlineData(".5", "!!float")]
    [InlineData("1e3", "!!float")]
    [InlineData("-.inf", "!!float")]
    [InlineData(".NaN", "!!float")]
    [InlineData("1:30", "!!str")]
    [InlineData("1m", "!!str")]
    [InlineData("0x", "!!str")]
    [InlineData("2001-12-14", "!!timestamp")]
    [InlineData("!!str 12", "!!str")]
    public void An_unquoted_text_has_the_type_that_go_yaml_gives_it(string text, string tag) =>
        Assert.Equal(tag, YamlScalar.ResolveTag(Reading.Parse("- " + text).Items[0]));

    [Theory]
    [InlineData("010", 8)]
    [InlineData("0x10", 16)]
    [InlineData("-0b101", -5)]
    [InlineData("+7", 7)]
    [InlineData("2e3", 2000)]
    [InlineData("!!int 5", 5)]
    public void A_whole_number_is_read_in_every_spelling(string text, int expected)
    {
        Assert.True(YamlScalar.TryInteger(Reading.Parse("- " + text).Items[0], out Int128 value));
        Assert.Equal(expected, (int)value);
    }

    [Theory]
    [InlineData("'5'")]
    [InlineData("5.5")]
    [InlineData("five")]
    [InlineData("!!str 5")]
    [InlineData("[5]")]
    public void What_is_no_whole_number_is_none(string text) => Assert.False(YamlScalar.TryInteger(Reading.Parse("- " + text).Items[0], out _));
}
