using System.Text;
using Pharos.Access.Authentication;

namespace Pharos.Access.Tests.Authentication;

public sealed class AuthorizationHeaderTests
{
    [Theory]
    [InlineData("ann:secret", "ann", "secret")]
    [InlineData("ann:se:cret", "ann", "se:cret")]
    [InlineData(":secret", "", "secret")]
    [InlineData("ann:", "ann", "")]
    [InlineData("Åsa:Grüße", "Åsa", "Grüße")]
    public void Basic_is_split_at_the_first_colon(string plain, string name, string secret)
    {
        Assert.True(AuthorizationHeader.TryParse("basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)), out AuthorizationHeader header));
        Assert.Equal((name, secret), (header.Name, header.Secret));
        Assert.Equal("basic", header.ToString());
    }

    [Fact]
    public void Bearer_is_taken_whatever_its_case()
    {
        Assert.True(AuthorizationHeader.TryParse("bearer  token-1 ", out AuthorizationHeader header));
        Assert.Equal((null, "token-1"), (header.Name, header.Secret));
        Assert.Equal("token", header.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YW5u")]
    [InlineData("Basic //86")]
    [InlineData("Bearer ")]
    [InlineData("Digest username=\"ann\"")]
    [InlineData("YW5uOnNlY3JldA==")]
    public void Anything_else_is_refused(string text) => Assert.False(AuthorizationHeader.TryParse(text, out _));

    [Fact]
    public void A_header_without_end_is_refused() => Assert.False(AuthorizationHeader.TryParse("Bearer " + new string('x', 10_000), out _));
}
