using Pharos.Access.Passwords;

namespace Pharos.Access.Tests.Passwords;

public sealed class BcryptTests
{
    private static readonly string A72 = new('a', 72);

    /// <summary>From the papers of other implementations, of the exporter toolkit, and made with glibc's crypt.</summary>
    public static TheoryData<string, string> Known => new()
    {
        { "", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s." },
        { "abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i" },
        { "dave123", "$2y$10$2UXri9cIDdgeKjBo4Rlpx.U3ZLDV8X1IxKmsfOvhcM5oXQt/mLmXq" },
        { "fakepassword", "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi" },
        { "", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy" },
        { "U*U*", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK" },
        { "Grüße 🌊", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.2zF7BUx5/jHbP8IJStzatGyULAedqgO" },
        { "aÿb", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.zG9pItfPb5RxDHxJQuygpvRdOC2L5na" },
        { A72[..71], "$2b$05$CCCCCCCCCCCCCCCCCCCCC.jDz2X1654twnmK.2.4vJ3dod/JjJM6y" },
        { A72, "$2b$05$CCCCCCCCCCCCCCCCCCCCC.ODcEJfYFxKziEakDsjep8mcF3zSCvHq" },
        { A72 + "aaaaaaaa", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.ODcEJfYFxKziEakDsjep8mcF3zSCvHq" },
        { "correct horse battery staple", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.poIKaw08HWUz4zkVKLs8VPIydUmXBPC" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Hashes_of_other_programs_are_understood(string password, string hash)
    {
        Assert.Null(Bcrypt.Validate(hash));
        Assert.True(Bcrypt.Verify(hash, password));
        Assert.False(Bcrypt.Verify(hash, "x" + password));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('b')]
    [InlineData('y')]
    public void The_letters_of_the_version_mean_the_same(char version)
        => Assert.True(Bcrypt.Verify($"$2{version}$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "U*U*"));

    [Theory]
    [InlineData("doe", "hashedSecret too short to be a bcrypted password")]
    [InlineData("$1$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwKxxxx", "no bcrypt hash")]
    [InlineData("$2y$03$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "no bcrypt hash")]
    [InlineData("$2y$32$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "no bcrypt hash")]
    [InlineData("$2q$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "no bcrypt hash")]
    [InlineData("$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lw!", "no bcrypt hash")]
    [InlineData("$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwKK", "no bcrypt hash")]
    public void What_is_no_hash_is_refused_without_being_shown(string hash, string expected)
    {
        string? reason = Bcrypt.Validate(hash);
        Assert.StartsWith(expected, reason);
        Assert.DoesNotContain(hash, reason);
        Assert.Throws<FormatException>(() => Bcrypt.Verify(hash, "x"));
    }
}
