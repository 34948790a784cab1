using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pharos.Access.Passwords;

/// <summary>
/// Checks the password hashes of <c>htpasswd -B</c> and kin, as <c>basic_auth_users</c> has them. Own users never get such hashes.
/// The letters after <c>$2</c> are taken for the same, as upstream does; a password counts up to its 72nd byte.
/// </summary>
internal static class Bcrypt
{
    public const int MinCost = 4;
    public const int MaxCost = 31;

    private const int SaltBytes = 16;
    private const int HashBytes = 23;
    private const int SaltLetters = 22;
    private const int HashLetters = 31;
    private const int MinLength = 59;
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>What is wrong with a hash, without its text; null when nothing is.</summary>
    public static string? Validate(string hash)
    {
        if (hash.Length < MinLength)
        {
            return "hashedSecret too short to be a bcrypted password";
        }

        return Parse(hash, out _, out _, out _)
            ? null
            : "no bcrypt hash: expected $2y$, a cost from 04 to 31, $ and 53 letters, as htpasswd -nBC 10 prints it";
    }

    /// <summary>The cost of a hash that <see cref="Validate"/> finds good.</summary>
    public static int CostOf(string hash) => Parse(hash, out int cost, out _, out _) ? cost : 0;

    /// <summary>Takes as long for a wrong password as for the right one.</summary>
    /// <exception cref="FormatException">The hash is none, see <see cref="Validate"/>.</exception>
    public static bool Verify(string hash, string password)
    {
        if (!Parse(hash, out int cost, out byte[] salt, out byte[] expected))
        {
            throw new FormatException(Validate(hash));
        }

        byte[] key = new byte[Encoding.UTF8.GetByteCount(password) + 1];
        Encoding.UTF8.GetBytes(password, key);
        try
        {
            return CryptographicOperations.FixedTimeEquals(Hash(key, salt, cost), expected);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <param name="key">The password with its closing zero.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="cost">From <see cref="MinCost"/> to <see cref="MaxCost"/>.</param>
    private static byte[] Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, int cost)
    {
        ReadOnlySpan<byte> text = "OrpheanBeholderScryDoubt"u8;
        var cipher = new Blowfish(key, salt, cost);
        byte[] hash = new byte[text.Length];
        for (int i = 0; i < text.Length; i += 8)
        {
            uint left = BinaryPrimitives.ReadUInt32BigEndian(text[i..]);
            uint right = BinaryPrimitives.ReadUInt32BigEndian(text[(i + 4)..]);
            for (int round = 0; round < 64; round++)
            {
                (left, right) = cipher.Encrypt(left, right);
            }

            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i), left);
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i + 4), right);
        }

        return hash[..HashBytes];
    }

    private static bool Parse(string hash, out int cost, out byte[] salt, out byte[] digest)
    {
        (cost, salt, digest) = (0, [], []);
        if (!hash.StartsWith("$2", StringComparison.Ordinal) || hash.Length < MinLength)
        {
            return false;
        }

        int start = hash[2] == '$' ? 3 : 4;
        if (hash.Length != start + 3 + SaltLetters + HashLetters || hash[start - 1] != '$' || hash[start + 2] != '$')
        {
            return false;
        }

        bool isKnown = start == 3 || hash[2] is 'a' or 'b' or 'x' or 'y';
        return isKnown
            && int.TryParse(hash.AsSpan(start, 2), NumberStyles.None, CultureInfo.InvariantCulture, out cost)
            && cost is >= MinCost and <= MaxCost
            && TryDecode(hash.AsSpan(start + 3, SaltLetters), SaltBytes, out salt)
            && TryDecode(hash.AsSpan(start + 3 + SaltLetters), HashBytes, out digest);
    }

    /// <summary>Six bits a letter, the highest first; what is left over at the end is dropped.</summary>
    private static bool TryDecode(ReadOnlySpan<char> letters, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        int bits = 0;
        int pending = 0;
        int at = 0;
        foreach (char letter in letters)
        {
            int value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            pending = ((pending << 6) | value) & 0x3fff;
            bits += 6;
            if (bits >= 8 && at < length)
            {
                bits -= 8;
                bytes[at++] = (byte)(pending >> bits);
            }
        }

        return at == length;
    }
}
