using Pharos.Core.Contracts;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL;

/// <summary>
/// Evaluates PromQL over any <see cref="ISeriesSource"/>. Thread-safe; at most <see cref="EngineOptions.MaxConcurrency"/> queries run at one time.
/// </summary>
/// <remarks>
/// Evaluation is series by series: each series is decoded once for all steps, a kernel makes a row of one value a step from it, and the row is
/// folded at once into the aggregation above. It runs on the calling thread and further pool threads; no result is kept from query to query.
/// </remarks>
public sealed class PromQLEngine : IDisposable
{
    private readonly SemaphoreSlim _places;

    /// <summary>An engine with these options.</summary>
    public PromQLEngine(EngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1);
        Options = options;
        _places = new SemaphoreSlim(options.MaxConcurrency);
    }

    /// <summary>The options it was made with.</summary>
    public EngineOptions Options { get; }

    /// <summary>Evaluates at one time.</summary>
    /// <param name="source">Where series come from.</param>
    /// <param name="query">The text.</param>
    /// <param name="time">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the evaluation with <see cref="QueryErrorKind.Canceled"/>.</param>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> InstantAsync(ISeriesSource source, string query, long time, CancellationToken cancellationToken = default) =>
        throw QueryException.NotYetSupported(query);

    /// <summary>Evaluates a parsed expression at one time; <paramref name="text"/> is what its positions point into.</summary>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> InstantAsync(ISeriesSource source, Expr expression, string text, long time, CancellationToken cancellationToken = default) =>
        throw QueryException.NotYetSupported(text);

    /// <summary>Evaluates at <paramref name="start"/>, <c>start + step</c> and so on up to <paramref name="end"/>, inclusive.</summary>
    /// <param name="source">Where series come from.</param>
    /// <param name="query">The text.</param>
    /// <param name="start">Milliseconds since the Unix epoch.</param>
    /// <param name="end">Milliseconds since the Unix epoch; before <paramref name="start"/> nothing is evaluated.</param>
    /// <param name="stepMs">Milliseconds, above 0.</param>
    /// <param name="cancellationToken">Ends the evaluation with <see cref="QueryErrorKind.Canceled"/>.</param>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> RangeAsync(ISeriesSource source, string query, long start, long end, long stepMs, CancellationToken cancellationToken = default) =>
        throw QueryException.NotYetSupported(query);

    /// <summary>Evaluates a parsed expression over a range; <paramref name="text"/> is what its positions point into.</summary>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> RangeAsync(
        ISeriesSource source, Expr expression, string text, long start, long end, long stepMs, CancellationToken cancellationToken = default) =>
        throw QueryException.NotYetSupported(text);

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
