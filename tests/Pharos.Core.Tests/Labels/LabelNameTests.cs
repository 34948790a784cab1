using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Core.Tests.Labels;

public sealed class LabelNameTests
{
    [Theory]
    [InlineData("a", true, true, true)]
    [InlineData("_a9", true, true, true)]
    [InlineData("9a", false, false, true)]
    [InlineData("a:b", false, true, true)]
    [InlineData("a.b", false, false, true)]
    [InlineData("é", false, false, true)]
    [InlineData("😀", false, false, true)]
    [InlineData("", false, false, false)]
    public void Names_are_judged_under_each_scheme(string name, bool legacyLabel, bool legacyMetric, bool utf8)
    {
        Assert.Equal(legacyLabel, LabelName.IsLegacy(name));
        Assert.Equal(legacyMetric, LabelName.IsLegacyMetric(name));
        Assert.Equal(utf8, LabelName.IsUtf8(name));
        Assert.Equal(utf8, LabelName.IsUtf8(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Half_a_character_is_no_name()
    {
        Assert.False(LabelName.IsUtf8("a" + (char)0xD83D));
        Assert.False(LabelName.IsUtf8((char)0xDE00 + "a"));
        Assert.False(LabelName.IsUtf8([(byte)'a', 0xC5]));
    }
}
