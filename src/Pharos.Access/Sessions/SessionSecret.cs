using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pharos.Access.Sessions;

/// <summary>What a browser holds: 256 random bits as 43 letters. All else is derived from it, so that what is stored is of no use to a thief.</summary>
internal static class SessionSecret
{
    private const int Bytes = 32;
    private const int Length = 43;

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsSecret(string text) => text.Length == Length && Base64Url.IsValid(text);

    public static string Hash(string secret) => Derive("session", secret);

    /// <summary>What a page of ours sends beside the cookie; a page of others does not know it.</summary>
    public static string Csrf(string secret) => Derive("csrf", secret);

    /// <summary>Ties a session to the password it was opened with.</summary>
    public static string Proof(string passwordRecord) => Derive("password", passwordRecord)[..32];

    private static string Derive(string purpose, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"pharos {purpose}\n{text}")));
}
