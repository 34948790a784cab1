using Pharos.Access.Authentication;

namespace Pharos.Access.Tests.Authentication;

public sealed class KeyedHashTests
{
    [Fact]
    public void Equal_texts_meet_within_a_process_and_borders_count()
    {
        var hash = new KeyedHash();
        Assert.Equal(hash.Of("a", "b", "c"), hash.Of("a", "b", "c"));
        Assert.NotEqual(hash.Of("ab", "c"), hash.Of("a", "bc"));
        Assert.NotEqual(hash.Of("a"), hash.Of("", "a"));
    }

    [Fact]
    public void Another_process_names_them_differently() => Assert.NotEqual(new KeyedHash().Of("a"), new KeyedHash().Of("a"));
}
