namespace Pharos.Storage.Querying;

/// <summary>Sets of series as sorted arrays of references.</summary>
internal static class PostingsMath
{
    /// <summary>Keeps those of the candidates that are in the list (or that are not), in place; both ascending. Returns how many.</summary>
    /// <remarks>Gallops: cheap when one is much shorter than the other, and a merge when they are alike.</remarks>
    public static int Filter(Span<uint> candidates, ReadOnlySpan<uint> list, bool keepMembers)
    {
        int kept = 0;
        int at = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            uint candidate = candidates[i];
            at = Gallop(list, at, candidate);
            bool member = at < list.Length && list[at] == candidate;
            if (member == keepMembers)
            {
                candidates[kept++] = candidate;
            }
            else if (at == list.Length && keepMembers)
            {
                break;
            }
        }

        return kept;
    }

    /// <summary>The first place from <paramref name="from"/> on whose element is not below the target.</summary>
    public static int Gallop(ReadOnlySpan<uint> list, int from, uint target)
    {
        int step = 1;
        int low = from;
        while (low < list.Length && list[low] < target)
        {
            from = low + 1;
            low += step;
            step *= 2;
        }

        int high = Math.Min(low, list.Length);
        while (from < high)
        {
            int middle = (from + high) >>> 1;
            if (list[middle] < target)
            {
                from = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return from;
    }
}
