namespace Pharos.Server.Flags;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The closest candidate, or null when none is close enough to be worth saying.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best is not null && bestDistance <= Math.Max(2, name.Length / 2) ? best : null;
    }

    // The number of inserted, removed, replaced and swapped characters; what is missing at the end weighs a third, since names are often cut short.
    private static int Distance(string name, string candidate)
    {
        if (name.Length >= 4 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return (candidate.Length - name.Length + 2) / 3;
        }

        int[] beforeLast = new int[candidate.Length + 1];
        int[] last = new int[candidate.Length + 1];
        int[] row = new int[candidate.Length + 1];
        for (int j = 0; j <= candidate.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= name.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= candidate.Length; j++)
            {
                int cost = char.ToLowerInvariant(name[i - 1]) == char.ToLowerInvariant(candidate[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && name[i - 1] == candidate[j - 2] && name[i - 2] == candidate[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[candidate.Length];
    }
}
