using Pharos.Access.Users;

namespace Pharos.Access.Tests.Users;

public sealed class UserNameTests
{
    [Theory]
    [InlineData("ann")]
    [InlineData("Ann O'Neil")]
    [InlineData("ann@example.org")]
    [InlineData("Åsa")]
    public void Ordinary_names_are_taken(string name) => Assert.Null(UserName.Check(name));

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\nb")]
    [InlineData("🌊")]
    public void Names_that_cannot_sign_in_are_refused(string name) => Assert.NotNull(UserName.Check(name));

    [Fact]
    public void A_name_of_a_novel_is_refused() => Assert.NotNull(UserName.Check(new string('x', 129)));
}
