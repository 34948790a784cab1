using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>Which code points are the same letter in another case: Unicode's simple case folding, independent of language.</summary>
internal static class CaseFolding
{
    // No letter that has cases lies above.
    private const int MaxCased = 0x1E943;
    private const int LongS = 0x17F;
    private const int Kelvin = 0x212A;

    private static readonly Lazy<Dictionary<int, int[]>> Groups = new(MakeGroups);
    private static readonly Lazy<int[]> Cased = new(static () => [.. Groups.Value.Keys.Order()]);

    // Most patterns need no more than these, and not the tables.
    private static readonly int[][] AsciiGroups = MakeAsciiGroups();

    /// <summary>All cases of the code point, itself included, or nothing when it has only one.</summary>
    public static ReadOnlySpan<int> Cases(int rune) =>
        rune < AsciiGroups.Length ? AsciiGroups[rune]
        : Groups.Value.TryGetValue(rune, out int[]? cases) ? cases
        : [];

    /// <summary>Adds the other cases of every code point of a range.</summary>
    public static void AddOtherCases(int first, int last, List<(int First, int Last)> ranges)
    {
        int ascii = first;
        for (; ascii <= last && ascii < AsciiGroups.Length; ascii++)
        {
            AddOthers(AsciiGroups[ascii], first, last, ranges);
        }

        if (ascii > last)
        {
            return;
        }

        int[] cased = Cased.Value;
        int i = Array.BinarySearch(cased, ascii);
        for (i = i < 0 ? ~i : i; i < cased.Length && cased[i] <= last; i++)
        {
            AddOthers(Groups.Value[cased[i]], first, last, ranges);
        }
    }

    private static void AddOthers(int[] cases, int first, int last, List<(int First, int Last)> ranges)
    {
        foreach (int other in cases)
        {
            if (other < first || other > last)
            {
                ranges.Add((other, other));
            }
        }
    }

    private static int[][] MakeAsciiGroups()
    {
        int[][] groups = new int[128][];
        for (int rune = 0; rune < groups.Length; rune++)
        {
            char upper = char.ToUpperInvariant((char)rune);
            char lower = char.ToLowerInvariant((char)rune);
            groups[rune] = (upper, lower) switch
            {
                ('K', _) => [upper, lower, Kelvin],
                ('S', _) => [upper, lower, LongS],
                _ => upper == lower ? [] : [upper, lower],
            };
        }

        return groups;
    }

    // Two code points are the same letter when they share an upper or a lower case.
    private static Dictionary<int, int[]> MakeGroups()
    {
        var groups = new Dictionary<int, int[]>();
        for (int rune = 'A'; rune <= MaxCased; rune++)
        {
            // The Turkish dotted capital and dotless small i fold to themselves.
            if (Rune.IsValid(rune) && rune is not 0x130 and not 0x131)
            {
                Join(groups, rune, Rune.ToUpperInvariant(new Rune(rune)).Value);
                Join(groups, rune, Rune.ToLowerInvariant(new Rune(rune)).Value);
            }
        }

        // Where the runtime's casing leaves a letter alone so that text round-trips: long s, Kelvin, Angstrom, Ohm.
        Join(groups, LongS, 's');
        Join(groups, Kelvin, 'k');
        Join(groups, 0x212B, 0xE5);
        Join(groups, 0x2126, 0x3C9);

        // Letters without a case of their own that fold to each other.
        Join(groups, 0xFB05, 0xFB06);
        return groups;
    }

    private static void Join(Dictionary<int, int[]> groups, int x, int y)
    {
        if (x == y)
        {
            return;
        }

        int[] left = groups.GetValueOrDefault(x) ?? [x];
        int[] right = groups.GetValueOrDefault(y) ?? [y];
        if (left.Contains(y))
        {
            return;
        }

        int[] joined = [.. left, .. right];
        Array.Sort(joined);
        foreach (int rune in joined)
        {
            groups[rune] = joined;
        }
    }
}
