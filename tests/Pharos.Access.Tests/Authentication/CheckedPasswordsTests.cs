using Pharos.Access.Authentication;

namespace Pharos.Access.Tests.Authentication;

public sealed class CheckedPasswordsTests
{
    [Fact]
    public void What_was_added_is_known()
    {
        var passwords = new CheckedPasswords(10);
        passwords.Add(1);
        Assert.True(passwords.Contains(1));
        Assert.False(passwords.Contains(2));
    }

    [Fact]
    public void It_stays_within_its_capacity_and_keeps_what_is_used()
    {
        var passwords = new CheckedPasswords(10);
        passwords.Add(1);
        for (int i = 100; i < 200; i++)
        {
            passwords.Add((UInt128)i);
            Assert.True(passwords.Contains(1));
            Assert.True(passwords.Count <= 10);
        }

        Assert.False(passwords.Contains(100));
    }
}
