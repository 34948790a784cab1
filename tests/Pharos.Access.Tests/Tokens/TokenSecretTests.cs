using Pharos.Access.Tokens;

namespace Pharos.Access.Tests.Tokens;

public sealed class TokenSecretTests
{
    [Fact]
    public void A_made_token_is_split_into_its_parts()
    {
        (string identifier, string secret) = TokenSecret.Make();
        string text = TokenSecret.Join(identifier, secret);
        Assert.Matches("^pharos_[0-9a-z]{8}_[0-9a-z]{32}$", text);
        Assert.True(TokenSecret.TrySplit(text, out string foundIdentifier, out string foundSecret));
        Assert.Equal((identifier, secret), (foundIdentifier, foundSecret));
        Assert.True(TokenSecret.IsIdentifier(identifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pharos_")]
    [InlineData("pharos_01234567_0123456789abcdefghjkmnpqrstvwxy")]
    [InlineData("pharos_01234567_0123456789abcdefghjkmnpqrstvwxyz0")]
    [InlineData("pharos-01234567_0123456789abcdefghjkmnpqrstvwxyz")]
    [InlineData("pharos_01234567-0123456789abcdefghjkmnpqrstvwxyz")]
    public void Other_texts_are_no_tokens(string text) => Assert.False(TokenSecret.TrySplit(text, out _, out _));
}
