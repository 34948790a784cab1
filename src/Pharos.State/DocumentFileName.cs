using System.Security.Cryptography;
using System.Text;

namespace Pharos.State;

/// <summary>
/// The file of an id: different ids have different files on every file system, those that ignore case included, and none leaves its folder.
/// Lower-case letters, digits, <c>-</c>, <c>_</c>, <c>@</c> and inner dots stand for themselves, every other byte of the UTF-8 text is <c>%XX</c>.
/// A name that became too long for a file system is cut and closed with a hash.
/// </summary>
internal static class DocumentFileName
{
    public const string Extension = ".json";

    private const int MaxStemLength = 200;
    private const int KeptOfLongStem = 160;

    public static string Of(string id)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(id);
        var stem = new StringBuilder(utf8.Length + Extension.Length);
        foreach (byte b in utf8)
        {
            char letter = (char)b;
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '@' || (letter == '.' && stem.Length > 0))
            {
                stem.Append(letter);
            }
            else
            {
                stem.Append('%').Append(HexDigit(b >> 4)).Append(HexDigit(b & 15));
            }
        }

        if (stem.Length > MaxStemLength)
        {
            stem.Length = KeptOfLongStem;
            stem.Append('~').Append(Convert.ToHexStringLower(SHA256.HashData(utf8).AsSpan(0, 16)));
        }

        return stem.Append(Extension).ToString();
    }

    /// <summary>Whether a file can be a document at all; temporary files and the lock begin with a dot.</summary>
    public static bool IsDocument(string fileName)
        => fileName.EndsWith(Extension, StringComparison.Ordinal) && fileName[0] != '.';

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
