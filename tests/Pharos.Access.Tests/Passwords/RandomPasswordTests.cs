using Pharos.Access.Passwords;

namespace Pharos.Access.Tests.Passwords;

public sealed class RandomPasswordTests
{
    [Fact]
    public void It_is_long_can_be_copied_by_hand_and_never_comes_twice()
    {
        HashSet<string> seen = [];
        for (int i = 0; i < 1000; i++)
        {
            string password = RandomPassword.Make();
            Assert.Matches("^([a-hjkmnp-z2-9]{4}-){5}[a-hjkmnp-z2-9]{4}$", password);
            Assert.Null(PasswordRule.Check("admin", password));
            Assert.True(seen.Add(password));
        }
    }
}
