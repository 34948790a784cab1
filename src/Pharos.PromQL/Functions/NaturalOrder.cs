namespace Pharos.PromQL.Functions;

/// <summary>The order of <c>sort_by_label</c>: runs of digits are compared as numbers.</summary>
internal static class NaturalOrder
{
    /// <summary>Negative, zero or positive as <paramref name="x"/> comes before, with or after <paramref name="y"/>.</summary>
    public static int Compare(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        while (!x.IsEmpty && !y.IsEmpty)
        {
            ReadOnlySpan<char> a = TakeRun(ref x);
            ReadOnlySpan<char> b = TakeRun(ref y);
            int order = long.TryParse(a, out long m) && long.TryParse(b, out long n) ? m.CompareTo(n) : a.SequenceCompareTo(b);
            if (order != 0)
            {
                return order;
            }
        }

        return x.Length - y.Length;
    }

    private static ReadOnlySpan<char> TakeRun(ref ReadOnlySpan<char> text)
    {
        bool digits = char.IsAsciiDigit(text[0]);
        int length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == digits)
        {
            length++;
        }

        ReadOnlySpan<char> run = text[..length];
        text = text[length..];
        return run;
    }
}
