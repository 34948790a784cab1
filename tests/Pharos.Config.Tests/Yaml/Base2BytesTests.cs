using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class Base2BytesTests
{
    [Theory]
    [InlineData("0", 0, "0B")]
    [InlineData("17B", 17, "17B")]
    [InlineData("1KB", 1024, "1KiB")]
    [InlineData("15MB", 15 << 20, "15MiB")]
    [InlineData("1.5GiB", 1610612736, "1GiB512MiB")]
    [InlineData("1GB512MB", 1610612736, "1GiB512MiB")]
    [InlineData("2EB", 2L << 60, "2EiB")]
    [InlineData("-1KB", -1024, "-1KiB")]
    public void Sizes_are_powers_of_1024(string text, long bytes, string printed)
    {
        Assert.Equal(bytes, Base2Bytes.Parse(text));
        Assert.Equal(printed, Base2Bytes.Format(bytes));
        Assert.Equal(bytes, Base2Bytes.Parse(printed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("10")]
    [InlineData("10kB")]
    [InlineData("KB")]
    [InlineData("1..5KB")]
    [InlineData("9EB9EB")]
    [InlineData("--1KB")]
    public void What_is_no_size_is_refused_in_upstreams_words(string text) =>
        Assert.StartsWith("units: ", Assert.Throws<FormatException>(() => Base2Bytes.Parse(text)).Message, StringComparison.Ordinal);
}
