namespace Pharos.Core.Labels;

/// <summary>Compares strings in the order of their UTF-8 bytes, the order in which upstream sorts labels, series and file entries.</summary>
public sealed class Utf8Ordinal : IComparer<string>
{
    /// <summary>The one instance; stateless, usable from any thread.</summary>
    public static Utf8Ordinal Comparer { get; } = new();

    private Utf8Ordinal()
    {
    }

    int IComparer<string>.Compare(string? x, string? y) => Compare(x, y);

    /// <summary>Negative, zero or positive as <paramref name="x"/> sorts before, with or after <paramref name="y"/>.</summary>
    public static int Compare(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        int common = x.CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length - y.Length;
        }

        char a = x[common];
        char b = y[common];

        // UTF-16 orders surrogates (U+D800..U+DFFF) below U+E000..U+FFFF; UTF-8 orders what they encode above.
        bool aIsSurrogate = char.IsSurrogate(a);
        if (aIsSurrogate != char.IsSurrogate(b) && a >= '\uD800' && b >= '\uD800')
        {
            return aIsSurrogate ? 1 : -1;
        }

        return a - b;
    }
}
