namespace Pharos.Server.Api.Ui;

/// <summary>Chooses the step of a query. All in milliseconds.</summary>
internal static class QueryStep
{
    /// <summary>Steps of one query at most, as upstream has it.</summary>
    public const int MaxPoints = 11_000;

    // What people read off an axis without computing.
    private static readonly long[] Natural =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_200_000, 1_800_000,
        3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000, 2_592_000_000, 7_776_000_000, 31_536_000_000,
    ];

    /// <summary>The step: fixed, or the smallest round one that asks for neither too many points nor more than there are samples.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="rangeMs">The length of the time.</param>
    /// <param name="scrapeIntervalMs">How often the series get samples.</param>
    public static long Choose(BatchQuery query, long rangeMs, long scrapeIntervalMs)
    {
        long least = Math.Max(rangeMs / MaxPoints, 1);
        if (query.IntervalMs > 0)
        {
            return Math.Max(query.IntervalMs, least);
        }

        long floor = Math.Max(query.MinIntervalMs, scrapeIntervalMs);
        long wanted = Math.Max(rangeMs / query.MaxDataPoints, least);

        // An interval that somebody chose is round to him.
        return wanted <= floor ? Math.Max(floor, 1) : Array.Find(Natural, step => step >= wanted) is var natural and > 0 ? natural : wanted;
    }

    /// <summary>The first step: times are multiples of the step, so that a graph does not tremble from refresh to refresh.</summary>
    public static long Align(long from, long step)
    {
        long rest = from % step;
        return rest == 0 ? from : from - (rest < 0 ? rest + step : rest);
    }
}
