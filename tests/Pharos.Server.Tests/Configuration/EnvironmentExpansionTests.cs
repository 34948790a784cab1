using Pharos.Server.Configuration;

namespace Pharos.Server.Tests.Configuration;

public sealed class EnvironmentExpansionTests
{
    [Theory]
    [InlineData("foo${TEST}bar", "foo<TEST>bar")]
    [InlineData("$TEST.x", "<TEST>.x")]
    [InlineData("$$", "<$>")]
    [InlineData("foo$${TEST}", "foo<$>{TEST}")]
    [InlineData("a$", "a$")]
    [InlineData("a$ b", "a$ b")]
    [InlineData("a${}b", "ab")]
    [InlineData("a${b", "ab")]
    [InlineData("$1x", "<1>x")]
    [InlineData("none", "none")]
    public void Names_are_replaced_as_go_does(string text, string expected) => Assert.Equal(expected, EnvironmentExpansion.Expand(text, name => $"<{name}>"));
}
