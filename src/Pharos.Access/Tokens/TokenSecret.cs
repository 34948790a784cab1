using System.Security.Cryptography;
using System.Text;

namespace Pharos.Access.Tokens;

/// <summary>
/// The text of a token: <c>pharos_</c>, an open identifier, an underscore, a secret. The prefix lets scanners of leaked secrets know it.
/// </summary>
internal static class TokenSecret
{
    public const string Prefix = "pharos_";

    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdentifierLength = 8;
    private const int SecretLength = 32;
    private const int Length = 7 + IdentifierLength + 1 + SecretLength;

    /// <summary>A new identifier of 40 random bits, and a new secret of 160.</summary>
    public static (string Identifier, string Secret) Make()
        => (RandomNumberGenerator.GetString(Letters, IdentifierLength), RandomNumberGenerator.GetString(Letters, SecretLength));

    public static string Join(string identifier, string secret) => $"{Prefix}{identifier}_{secret}";

    public static bool TrySplit(string text, out string identifier, out string secret)
    {
        bool isToken = text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdentifierLength] == '_';
        identifier = isToken ? text.Substring(Prefix.Length, IdentifierLength) : "";
        secret = isToken ? text[^SecretLength..] : "";
        return isToken;
    }

    public static bool IsIdentifier(string text) => text.Length == IdentifierLength && text.All(static letter => Letters.Contains(letter, StringComparison.Ordinal));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
