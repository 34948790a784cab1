using System.Security.Cryptography;
using System.Text;
using Pharos.Access.Passwords;

namespace Pharos.Access.Tests.Passwords;

public sealed class PasswordHasherTests
{
    private readonly PasswordHasher _hasher = new(iterations: 10);

    [Theory]
    [InlineData("correct horse")]
    [InlineData("Grüße 🌊")]
    [InlineData(" spaces count ")]
    public void The_right_password_fits_and_no_other(string password)
    {
        string record = _hasher.Hash(password);
        Assert.True(PasswordHasher.IsRecord(record));
        Assert.True(PasswordHasher.Verify(record, password));
        Assert.False(PasswordHasher.Verify(record, password + "x"));
        Assert.False(PasswordHasher.Verify(record, ""));
        Assert.DoesNotContain(password, record);
    }

    [Fact]
    public void Equal_passwords_have_different_records() => Assert.NotEqual(_hasher.Hash("password"), _hasher.Hash("password"));

    [Fact]
    public void The_record_holds_its_parameters()
    {
        string record = _hasher.Hash("password");
        string[] parts = record.Split('$');
        Assert.Equal("pbkdf2-sha512", parts[1]);
        Assert.Equal("i=10", parts[2]);
        byte[] expected = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes("password"), Convert.FromBase64String(parts[3]), 10, HashAlgorithmName.SHA512, 32);
        Assert.Equal(expected, Convert.FromBase64String(parts[4]));
    }

    [Fact]
    public void Other_parameters_ask_for_a_new_record()
    {
        Assert.False(_hasher.NeedsRehash(_hasher.Hash("password")));
        Assert.True(new PasswordHasher(iterations: 11).NeedsRehash(_hasher.Hash("password")));
        Assert.True(PasswordHasher.Verify(_hasher.Hash("password"), "password"));
    }

    [Fact]
    public void The_usual_strength_is_that_of_OWASP()
    {
        Assert.Equal(210_000, PasswordHasher.DefaultIterations);
        Assert.StartsWith("$pbkdf2-sha512$i=210000$", new PasswordHasher().Hash("password"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("$pbkdf2-sha512$i=10$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("$pbkdf2-sha512$i=0$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("$pbkdf2-sha512$i=99999999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("$pbkdf2-sha256$i=10$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("$pbkdf2-sha512$i=10$AAA$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("$pbkdf2-sha512$i=10$AAAAAAAAAAAAAAAAAAAAAA==$")]
    [InlineData("$pbkdf2-sha512$i=10$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==$x")]
    public void A_broken_record_fits_nothing(string record)
    {
        Assert.False(PasswordHasher.IsRecord(record));
        Assert.False(PasswordHasher.Verify(record, ""));
        Assert.False(PasswordHasher.Verify(record, "password"));
        Assert.True(_hasher.NeedsRehash(record));
    }

    [Fact]
    public void The_decoy_is_a_record_of_the_same_strength_that_fits_nothing_known()
    {
        Assert.False(_hasher.NeedsRehash(_hasher.Decoy));
        Assert.Same(_hasher.Decoy, _hasher.Decoy);
        Assert.False(PasswordHasher.Verify(_hasher.Decoy, ""));
    }
}
