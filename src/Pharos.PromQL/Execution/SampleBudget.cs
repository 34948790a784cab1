namespace Pharos.PromQL.Execution;

/// <summary>
/// Counts the points that a query holds, against <c>--query.max-samples</c>. What is counted is what upstream holds at the same moment or less, so that
/// no query is refused here that upstream answers: the rows an aggregation consumes until it is done, then its result. Thread-safe.
/// </summary>
internal sealed class SampleBudget(long limit)
{
    // Tables whose places are mostly empty: so many times the limit in one of them, and in all together.
    private const int CellsOfOne = 2;
    private const int CellsOfAll = 4;
    private const long SmallTable = 16_000_000;

    private long _current;
    private long _cells;
    private long _peak;

    public long Peak => Interlocked.Read(ref _peak);

    /// <summary>What is held now, to come back to.</summary>
    public long Current => Interlocked.Read(ref _current);

    /// <summary>More points are held.</summary>
    /// <exception cref="QueryException">That is too many.</exception>
    public void Charge(long points)
    {
        long now = Interlocked.Add(ref _current, points);
        long peak = Interlocked.Read(ref _peak);
        while (now > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peak, now, peak);
            if (seen == peak)
            {
                break;
            }

            peak = seen;
        }

        if (limit > 0 && now > limit)
        {
            throw QueryLimits.TooManySamples(now, limit);
        }
    }

    /// <summary>Only so many points are still held.</summary>
    public void Reset(long current) => Interlocked.Exchange(ref _current, current);

    /// <summary>Refuses a table whose empty places alone would take too much memory.</summary>
    public void CheckCells(long rows, int steps)
    {
        long cells = rows * Functions.RowSpan.Padded(steps);
        long most = limit <= 0 ? Array.MaxLength : Math.Min(Array.MaxLength, Math.Max(SmallTable, Math.Min(limit, long.MaxValue / CellsOfOne) * CellsOfOne));
        if (cells > most)
        {
            throw QueryLimits.TooManySamples(rows * steps, limit);
        }
    }

    /// <summary>A table is kept until the query ends; refuses it when it and those before take too much memory, however few values are in them.</summary>
    public void HoldTable(long rows, int steps)
    {
        CheckCells(rows, steps);
        long cells = Interlocked.Add(ref _cells, rows * Functions.RowSpan.Padded(steps));
        long most = Math.Max(SmallTable, Math.Min(limit, long.MaxValue / CellsOfAll)) * CellsOfAll;
        if (limit > 0 && cells > most)
        {
            throw QueryLimits.TooManyPlaces(cells, most);
        }
    }
}
