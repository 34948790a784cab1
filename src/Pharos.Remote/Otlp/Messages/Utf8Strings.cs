using System.Text;
using System.Text.Unicode;
using Pharos.Core.Hashing;

namespace Pharos.Remote.Otlp.Messages;

/// <summary>
/// Makes strings of UTF-8 bytes, the same one for bytes seen a short while ago: names and attributes come again and again. A fixed number of places, each holding the
/// text that came last. Not thread-safe.
/// </summary>
internal sealed class Utf8Strings
{
    private const int Places = 16 * 1024;
    private const int LongestKept = 256;

    private static readonly KeyedHasher Hasher = KeyedHasher.CreateRandom();

    private readonly (byte[] Bytes, string Text)[] _kept = new (byte[], string)[Places];

    /// <summary>The text; false where the bytes are no UTF-8.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, out string text)
    {
        if (utf8.IsEmpty)
        {
            text = "";
            return true;
        }

        ref (byte[] Bytes, string Text) place = ref _kept[(int)Hasher.Hash(utf8).Low & (Places - 1)];
        if (place.Bytes is not null && utf8.SequenceEqual(place.Bytes))
        {
            text = place.Text;
            return true;
        }

        if (!Utf8.IsValid(utf8))
        {
            text = "";
            return false;
        }

        text = Encoding.UTF8.GetString(utf8);
        if (utf8.Length <= LongestKept)
        {
            place = (utf8.ToArray(), text);
        }

        return true;
    }
}
