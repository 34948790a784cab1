namespace Pharos.PromQL.Explaining;

/// <summary>Which of the names that exist was probably meant: few letters away, or made of the same parts.</summary>
internal static class NearestNames
{
    private const int Shown = 5;

    // Bounds the work: about 100,000 names of 40 letters in a band of 13 are 50 million steps.
    private const int MaxNames = 100_000;
    private const int MaxLength = 512;
    private const int MostLetters = 6;
    private const int MostBehind = 4;
    private const int Stacked = 128;

    // Parts that say the unit or the kind: half of all names share them.
    private static readonly string[] Usual = ["total", "seconds", "bytes", "count", "sum", "bucket", "info", "ratio", "created"];

    /// <summary>At most five names, the nearest first; none when nothing is near.</summary>
    public static IReadOnlyList<string> Find(string wanted, IReadOnlyList<string> names)
    {
        if (wanted.Length is 0 or > MaxLength)
        {
            return [];
        }

        string[] parts = [.. Parts(wanted)];
        var found = new List<(int Score, string Name)>();
        for (int i = 0; i < Math.Min(names.Count, MaxNames); i++)
        {
            string name = names[i];
            int letters = Math.Abs(name.Length - wanted.Length) > MostLetters ? MostLetters + 1 : Distance(wanted, name, MostLetters);
            int shared = Shared(parts, name);
            if (shared > 0 || letters <= Math.Min(3, Math.Max(1, wanted.Length / 2)) || (letters <= MostLetters && letters <= wanted.Length / 3))
            {
                found.Add((letters - (3 * shared), name));
            }
        }

        // Beside one that is very near, those far off would only be noise.
        int most = found.Count == 0 ? 0 : found.Min(static f => f.Score) + MostBehind;
        return
        [
            .. found.Where(f => f.Score <= most).OrderBy(static f => f.Score).ThenBy(static f => f.Name, StringComparer.Ordinal)
                .Take(Shown).Select(static f => f.Name),
        ];
    }

    /// <summary>Letters to change, to add or to take out; two neighbours in the wrong order count once. <paramref name="most"/> + 1 when it is more than that.</summary>
    public static int Distance(string left, string right, int most)
    {
        int width = right.Length + 1;
        Span<int> rows = stackalloc int[Stacked];
        if (width * 3 > Stacked)
        {
            rows = new int[width * 3];
        }

        Span<int> before = rows[..width];
        Span<int> last = rows.Slice(width, width);
        Span<int> next = rows.Slice(width * 2, width);
        for (int j = 0; j < width; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            next.Fill(most + 1);
            next[0] = i;
            int least = i;
            int to = Math.Min(right.Length, i + most);
            for (int j = Math.Max(1, i - most); j <= to; j++)
            {
                int cost = left[i - 1] == right[j - 1] ? 0 : 1;
                int letters = Math.Min(Math.Min(next[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    letters = Math.Min(letters, before[j - 2] + 1);
                }

                next[j] = letters;
                least = Math.Min(least, letters);
            }

            if (least > most)
            {
                return most + 1;
            }

            Span<int> free = before;
            before = last;
            last = next;
            next = free;
        }

        return Math.Min(last[right.Length], most + 1);
    }

    private static IEnumerable<string> Parts(string name) => name
        .Split('_', ':', '.', '-', '/')
        .Where(static part => part.Length > 2 && !Usual.Contains(part, StringComparer.OrdinalIgnoreCase))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static int Shared(string[] parts, string name)
    {
        int shared = 0;
        foreach (string part in parts)
        {
            shared += HasPart(name, part) ? 1 : 0;
        }

        return shared;
    }

    private static bool HasPart(string name, string part)
    {
        for (int at = name.IndexOf(part, StringComparison.OrdinalIgnoreCase); at >= 0; at = name.IndexOf(part, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + part.Length;
            if ((at == 0 || !char.IsLetterOrDigit(name[at - 1])) && (end == name.Length || !char.IsLetterOrDigit(name[end])))
            {
                return true;
            }
        }

        return false;
    }
}
