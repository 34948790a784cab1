using Pharos.Server.Access;

namespace Pharos.Server.Tests.Access;

public sealed class LoopbackNamesTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:80", true)]
    [InlineData("[::1]", true)]
    [InlineData("::1", true)]
    [InlineData("", false)]
    [InlineData("[::2]", false)]
    [InlineData("[::ffff:127.0.0.1]:80", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("localhost@evil.example", false)]
    public void Authorities(string authority, bool expected) => Assert.Equal(expected, LoopbackNames.IsLoopbackAuthority(authority));
}
