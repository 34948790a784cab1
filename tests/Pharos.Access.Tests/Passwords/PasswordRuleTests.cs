using Pharos.Access.Passwords;

namespace Pharos.Access.Tests.Passwords;

public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("letters8", null)]
    [InlineData("12345678", "known default")]
    [InlineData("ADMIN123", "known default")]
    [InlineData("1234567", "8 to 256")]
    [InlineData("", "8 to 256")]
    [InlineData("tab\tinside", "control")]
    [InlineData("Adminadmin", "own name")]
    public void A_password_is_long_and_not_the_name(string password, string? reason)
    {
        string? answer = PasswordRule.Check("adminadmin", password);
        if (reason is null)
        {
            Assert.Null(answer);
        }
        else
        {
            Assert.Contains(reason, answer);
        }
    }

    [Fact]
    public void A_password_of_a_novel_is_refused() => Assert.NotNull(PasswordRule.Check("a", new string('x', 257)));
}
