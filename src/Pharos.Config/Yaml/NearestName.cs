namespace Pharos.Config.Yaml;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
public static class NearestName
{
    private const int MaxListed = 12;
    private const int MaxLength = 64;

    /// <summary>What was expected instead of an unknown name: the nearest known one, or all of them where they are few.</summary>
    public static string? Describe(string name, IReadOnlyCollection<string> known)
    {
        if (Find(name, known) is { } nearest)
        {
            return nearest;
        }

        return known.Count is > 0 and <= MaxListed ? "one of " + string.Join(", ", known.Order(StringComparer.Ordinal)) : null;
    }

    /// <summary>The known name with the fewest edits, if they are few for its length; null when nothing is near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        string? best = null;
        int bestDistance = (name.Length < 5 ? 1 : Math.Max(2, name.Length / 4)) + 1;
        foreach (string candidate in known.Where(static k => k.Length <= MaxLength).Order(StringComparer.Ordinal))
        {
            int distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    // Levenshtein, two rows.
    private static int Distance(string left, string right)
    {
        Span<int> previous = stackalloc int[MaxLength + 1];
        Span<int> current = stackalloc int[MaxLength + 1];
        for (int j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + change);
            }

            current[..(right.Length + 1)].CopyTo(previous);
        }

        return previous[right.Length];
    }
}
