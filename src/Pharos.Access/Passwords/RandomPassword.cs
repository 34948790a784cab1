using System.Security.Cryptography;

namespace Pharos.Access.Passwords;

/// <summary>Passwords for people to copy: no letters that look alike.</summary>
internal static class RandomPassword
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Length = 24;

    /// <summary>About 119 bits of chance in six groups.</summary>
    public static string Make()
    {
        Span<char> text = stackalloc char[Length + 5];
        RandomNumberGenerator.GetItems(Letters, text);
        for (int i = 4; i < text.Length; i += 5)
        {
            text[i] = '-';
        }

        return new string(text);
    }
}
