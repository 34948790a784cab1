using System.Text.Json;

namespace Pharos.Config.Tests;

public sealed class SecretTests
{
    [Fact]
    public void Only_reveal_gives_the_text()
    {
        var secret = new Secret("hunter2");

        Assert.Equal("hunter2", secret.Reveal());
        Assert.Equal("<secret>", $"{secret}");
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", new Holder(secret).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_secret_shows_nothing()
    {
        Assert.Equal("", default(Secret).ToString());
        Assert.True(new Secret("").IsEmpty);
        Assert.Equal(default, new Secret(""));
    }

    [Fact]
    public void Secrets_are_compared_by_their_text()
    {
        Assert.True(new Secret("a") == new Secret("a"));
        Assert.True(new Secret("a") != new Secret("b"));
        Assert.Equal(new Secret("a").GetHashCode(), new Secret("a").GetHashCode());
    }

    private sealed record Holder(Secret Password);
}
