using System.Globalization;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>The orders of options.</summary>
internal static class VariableSort
{
    /// <param name="options">As they came.</param>
    /// <param name="order">0 none; 1 and 2 alphabetical, 3 and 4 by the first number, 5 and 6 without case, 7 and 8 natural; even ones descending.</param>
    public static IReadOnlyList<VariableOption> Sort(IReadOnlyList<VariableOption> options, int order)
    {
        IEnumerable<VariableOption> sorted = ((order + 1) / 2) switch
        {
            1 => options.OrderBy(static o => o.Text, StringComparer.Ordinal),
            2 => options.OrderBy(static o => FirstNumber(o.Text)),
            3 => options.OrderBy(static o => o.Text.ToLowerInvariant(), StringComparer.Ordinal),
            4 => options.Order(Comparer<VariableOption>.Create(static (x, y) => CompareNaturally(x.Text, y.Text))),
            _ => options,
        };
        return order > 0 && order % 2 == 0 ? [.. sorted.Reverse()] : [.. sorted];
    }

    // Without a number first, as Grafana has them.
    private static double FirstNumber(string text)
    {
        int start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return -1;
        }

        int length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        return double.Parse(length < 0 ? text.AsSpan(start) : text.AsSpan(start, length), CultureInfo.InvariantCulture);
    }

    // Runs of digits compare as numbers, the rest by character.
    private static int CompareNaturally(string x, string y)
    {
        (int i, int j) = (0, 0);
        while (i < x.Length && j < y.Length)
        {
            int order;
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                ReadOnlySpan<char> a = Digits(x, ref i);
                ReadOnlySpan<char> b = Digits(y, ref j);
                order = a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
            }
            else
            {
                order = x[i++].CompareTo(y[j++]);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return (x.Length - i).CompareTo(y.Length - j);
    }

    // Without leading zeros.
    private static ReadOnlySpan<char> Digits(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return text.AsSpan(start, position - start).TrimStart('0');
    }
}
