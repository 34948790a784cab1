using System.Globalization;
using System.Security.Cryptography;

namespace Pharos.Access.Passwords;

/// <summary>
/// Passwords of own users, as PBKDF2 with HMAC-SHA-512 by the framework. The record carries its parameters, so that they can be raised:
/// <c>$pbkdf2-sha512$i=210000$salt$hash</c>, both in base 64.
/// </summary>
public sealed class PasswordHasher
{
    /// <summary>What OWASP asks for with SHA-512; about a tenth of a second, once for every client since checks are remembered.</summary>
    public const int DefaultIterations = 210_000;

    private const int MaxIterations = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const string Scheme = "pbkdf2-sha512";

    private readonly int _iterations;
    private readonly Lazy<string> _decoy;

    /// <param name="iterations">For new records; old ones keep theirs until their next check.</param>
    public PasswordHasher(int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaxIterations);
        _iterations = iterations;
        _decoy = new Lazy<string>(() => Hash(RandomPassword.Make()));
    }

    /// <summary>A record that fits no password: a check against it takes as long as one of a fresh user.</summary>
    public string Decoy => _decoy.Value;

    /// <summary>A new record, different at every call.</summary>
    public string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, _iterations, HashAlgorithmName.SHA512, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"${Scheme}$i={_iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Takes as long for a wrong password as for the right one. A record that cannot be read fits nothing.</summary>
    public static bool Verify(string record, string password)
    {
        if (!TryParse(record, out int iterations, out byte[] salt, out byte[] expected))
        {
            return false;
        }

        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, expected.Length);
        return CryptographicOperations.FixedTimeEquals(hash, expected);
    }

    /// <summary>Whether a record is of this form.</summary>
    public static bool IsRecord(string record) => TryParse(record, out _, out _, out _);

    /// <summary>Whether a record was made with other parameters than new ones are.</summary>
    public bool NeedsRehash(string record)
        => !TryParse(record, out int iterations, out byte[] salt, out byte[] hash) || iterations != _iterations || salt.Length != SaltBytes || hash.Length != HashBytes;

    private static bool TryParse(string record, out int iterations, out byte[] salt, out byte[] hash)
    {
        (iterations, salt, hash) = (0, [], []);
        string[] parts = record.Split('$', 6);
        if (parts.Length != 5 || parts[0].Length != 0 || parts[1] != Scheme || !parts[2].StartsWith("i=", StringComparison.Ordinal))
        {
            return false;
        }

        return int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out iterations)
            && iterations is >= 1 and <= MaxIterations
            && TryDecode(parts[3], 8, out salt)
            && TryDecode(parts[4], 16, out hash);
    }

    private static bool TryDecode(string text, int minLength, out byte[] bytes)
    {
        bytes = new byte[64];
        if (!Convert.TryFromBase64String(text, bytes, out int written) || written < minLength)
        {
            return false;
        }

        bytes = bytes[..written];
        return true;
    }
}
