using System.Text;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// Gives equal UTF-8 bytes the same string while they are near each other, so that the first scrape of a large target does not make a string
/// for every label of every series. A fixed number of places, each holding the text that came last. Not thread-safe.
/// </summary>
internal sealed class StringInterner
{
    private const int Places = 1024;
    private const int LongestKept = 256;

    private readonly string?[] _strings = new string?[Places];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKept)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref string? place = ref _strings[hash.ToHashCode() & (Places - 1)];
        if (place is not null && IsSame(place, utf8))
        {
            return place;
        }

        place = Encoding.UTF8.GetString(utf8);
        return place;
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> utf8)
    {
        Span<char> chars = stackalloc char[LongestKept];
        int length = Encoding.UTF8.GetChars(utf8, chars);
        return text.AsSpan().SequenceEqual(chars[..length]);
    }
}
