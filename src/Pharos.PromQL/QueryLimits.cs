using System.Globalization;
using Pharos.Core.Time;

namespace Pharos.PromQL;

/// <summary>
/// What is said when a query meets a limit: upstream's words first, since clients look for them; then which limit, its value, and what the query needed.
/// </summary>
internal static class QueryLimits
{
    public static QueryException Canceled(string where) => new(QueryErrorKind.Canceled, $"query was canceled in {where}");

    /// <summary>The evaluation took too long.</summary>
    public static QueryException TimedOut(EngineOptions options, TimeSpan taken) => new(
        QueryErrorKind.Timeout,
        $"query timed out in expression evaluation: it was not done after {PrometheusDuration.Format(taken)}, the limit (--query.timeout, or timeout of the request) is {PrometheusDuration.Format(options.Timeout)}");

    /// <summary>No place became free in time.</summary>
    public static QueryException TimedOutInQueue(EngineOptions options, int places, int queued) => new(
        QueryErrorKind.Timeout,
        string.Create(
            CultureInfo.InvariantCulture,
            $"query timed out in query queue: no place of {places} (--query.max-concurrency) became free within {PrometheusDuration.Format(options.Timeout)} (--query.timeout, or timeout of the request); {queued} more queries wait"));

    /// <summary>The query holds too many points, or places for points.</summary>
    public static QueryException TooManySamples(long need, long limit) => TooMuch(
        limit > 0
            ? string.Create(CultureInfo.InvariantCulture, $"at least {need}, --query.max-samples is {limit}")
            : string.Create(CultureInfo.InvariantCulture, $"at least {need}, there is room for {Array.MaxLength}"));

    /// <summary>The query has too many steps, or a subquery of it.</summary>
    public static QueryException TooManySteps(Int128 need, int limit) =>
        TooMuch(string.Create(CultureInfo.InvariantCulture, $"{need} steps, the limit is {limit}"));

    /// <summary>The tables of the query have too many places, most of them empty.</summary>
    public static QueryException TooManyPlaces(long need, long limit) => TooMuch(string.Create(
        CultureInfo.InvariantCulture, $"at least {need} places (series times steps, of all operands), the limit is {limit} (4 times --query.max-samples)"));

    private static QueryException TooMuch(string detail) => new(
        QueryErrorKind.TooManySamples, $"query processing would load too many samples into memory in query execution: {detail}");
}
