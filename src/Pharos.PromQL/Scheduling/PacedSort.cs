using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Scheduling;

/// <summary>Sorts what may be many: the query can be stopped meanwhile.</summary>
internal static class PacedSort
{
    /// <param name="items">Sorted in place, not stably.</param>
    /// <param name="comparison">Compares two of them.</param>
    /// <param name="work">What a comparison costs, as work.</param>
    /// <param name="pace">That of the calling thread.</param>
    /// <exception cref="QueryStoppedException">The query shall stop.</exception>
    public static void Sort<T>(Span<T> items, Comparison<T> comparison, int work, Pace pace)
    {
        try
        {
            items.Sort((x, y) =>
            {
                pace.Spend(work);
                return comparison(x, y);
            });
        }
        catch (InvalidOperationException e) when (e.InnerException is QueryStoppedException)
        {
            // What a comparison throws comes wrapped.
            throw new QueryStoppedException();
        }
    }
}
