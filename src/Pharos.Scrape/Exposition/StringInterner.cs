using System.Text;
using Pharos.Core.Hashing;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// Gives equal UTF-8 bytes the same string while they are near each other, so that the first scrape of a large target does not make a string
/// for every label of every series; for ASCII only. A fixed number of places, each holding the text that came last. Not thread-safe.
/// </summary>
internal sealed class StringInterner
{
    private const int Places = 1024;
    private const int LongestKept = 256;

    private static readonly KeyedHasher Hasher = KeyedHasher.CreateRandom();

    private readonly string?[] _strings = new string?[Places];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKept)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref string? place = ref _strings[(int)Hasher.Hash(utf8).Low & (Places - 1)];
        if (place is not null && Ascii.Equals(utf8, place))
        {
            return place;
        }

        place = Encoding.UTF8.GetString(utf8);
        return place;
    }
}
