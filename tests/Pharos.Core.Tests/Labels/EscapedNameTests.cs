using Pharos.Core.Labels;

namespace Pharos.Core.Tests.Labels;

public sealed class EscapedNameTests
{
    [Theory]
    [InlineData("up", "up", "up", "up")]
    [InlineData("a_b", "a_b", "a__b", "a_b")]
    [InlineData("a.b_c:d", "a_b_c:d", "a_dot_b__c:d", "U__a_2e_b__c:d")]
    [InlineData("9é😱", "___", "______", "U___39__e9__1f631_")]
    [InlineData("", "", "", "")]
    public void Names_are_escaped_in_every_scheme(string name, string underscores, string dots, string values)
    {
        Assert.Equal(name, EscapedName.Escape(name, NameEscaping.None));
        Assert.Equal(underscores, EscapedName.Escape(name, NameEscaping.Underscores));
        Assert.Equal(dots, EscapedName.Escape(name, NameEscaping.Dots));
        Assert.Equal(values, EscapedName.Escape(name, NameEscaping.Values));
        Assert.Equal(name, EscapedName.Unescape(values, NameEscaping.Values));
    }

    [Theory]
    [InlineData("U__a_")]
    [InlineData("U__a_2")]
    [InlineData("U__a_zz_")]
    [InlineData("U__a_D900_")]
    [InlineData("U__a_1234567_")]
    [InlineData("plain_2e_")]
    public void What_no_escaping_gives_comes_back_unchanged(string name)
    {
        Assert.Equal(name, EscapedName.Unescape(name, NameEscaping.Values));
    }
}
