using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.PromQL.Execution;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Scheduling;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL;

/// <summary>
/// Evaluates PromQL over any <see cref="ISeriesSource"/>. Thread-safe; <see cref="EngineOptions.MaxConcurrency"/> limits how many queries run at one time, and
/// those that run share the processors so that short ones do not wait for long ones.
/// </summary>
/// <remarks>
/// Evaluation is series by series: each series is decoded once for all steps, a kernel makes a row of one value a step from it, and the row is
/// folded at once into the aggregation above. It runs on the calling thread and further pool threads; no result is kept from query to query.
/// </remarks>
public sealed class PromQLEngine : IDisposable
{
    private readonly QueryScheduler _scheduler;
    private readonly bool _ownsScheduler;

    /// <summary>An engine with these options.</summary>
    public PromQLEngine(EngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1);
        Options = options;
        _scheduler = new QueryScheduler(options.MaxConcurrency, options.MaxThreads, options.TimeProvider);
        _ownsScheduler = true;
        Counters = new EngineCounters();
    }

    private PromQLEngine(EngineOptions options, PromQLEngine owner)
    {
        Options = options;
        _scheduler = owner._scheduler;
        Counters = owner.Counters;
    }

    /// <summary>The options it was made with.</summary>
    public EngineOptions Options { get; }

    /// <summary>What was evaluated so far.</summary>
    public EngineCounters Counters { get; }

    /// <summary>
    /// This engine for queries that want other options, at no cost. Both share the counters, the places of <see cref="EngineOptions.MaxConcurrency"/>, which therefore
    /// stays as it is, and the processors; disposing it does nothing.
    /// </summary>
    public PromQLEngine With(EngineOptions options) => new(options, this);

    /// <summary>Evaluates at one time.</summary>
    /// <param name="source">Where series come from.</param>
    /// <param name="query">The text.</param>
    /// <param name="time">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the evaluation with <see cref="QueryErrorKind.Canceled"/>.</param>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> InstantAsync(ISeriesSource source, string query, long time, CancellationToken cancellationToken = default) =>
        InstantAsync(source, Parse(query), query, time, cancellationToken);

    /// <summary>Evaluates a parsed expression at one time; <paramref name="text"/> is what its positions point into.</summary>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> InstantAsync(ISeriesSource source, Expr expression, string text, long time, CancellationToken cancellationToken = default) =>
        AskAsync(new QueryRequest(source, expression, text, new QueryWindow(time, time, 0)), explained: null, cancellationToken);

    /// <summary>Evaluates at <paramref name="start"/>, <c>start + step</c> and so on up to <paramref name="end"/>, inclusive.</summary>
    /// <param name="source">Where series come from.</param>
    /// <param name="query">The text.</param>
    /// <param name="start">Milliseconds since the Unix epoch.</param>
    /// <param name="end">Milliseconds since the Unix epoch; before <paramref name="start"/> nothing is evaluated.</param>
    /// <param name="stepMs">Milliseconds, above 0.</param>
    /// <param name="cancellationToken">Ends the evaluation with <see cref="QueryErrorKind.Canceled"/>.</param>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> RangeAsync(ISeriesSource source, string query, long start, long end, long stepMs, CancellationToken cancellationToken = default) =>
        RangeAsync(source, Parse(query), query, start, end, stepMs, cancellationToken);

    /// <summary>Evaluates a parsed expression over a range; <paramref name="text"/> is what its positions point into.</summary>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    public Task<QueryResult> RangeAsync(
        ISeriesSource source, Expr expression, string text, long start, long end, long stepMs, CancellationToken cancellationToken = default)
    {
        CheckRange(expression, stepMs);
        return AskAsync(new QueryRequest(source, expression, text, new QueryWindow(start, end, stepMs)), explained: null, cancellationToken);
    }

    /// <summary>
    /// Evaluates at one time as <see cref="InstantAsync(ISeriesSource, string, long, CancellationToken)"/> does, under the same limits, and tells what each part of the query saw.
    /// A query that fails while it is evaluated is explained up to there, with its <see cref="QueryExplanation.Error"/>.
    /// </summary>
    /// <exception cref="QueryException">The query does not parse.</exception>
    public Task<QueryExplanation> ExplainInstantAsync(ISeriesSource source, string query, long time, CancellationToken cancellationToken = default) =>
        ExplainAsync(new QueryRequest(source, Parse(query), query, new QueryWindow(time, time, 0)), cancellationToken);

    /// <summary>
    /// Evaluates over a range as <see cref="RangeAsync(ISeriesSource, string, long, long, long, CancellationToken)"/> does, under the same limits, and tells what each part of the query saw.
    /// A query that fails while it is evaluated is explained up to there, with its <see cref="QueryExplanation.Error"/>.
    /// </summary>
    /// <exception cref="QueryException">The query does not parse, or has a type that has no range.</exception>
    public Task<QueryExplanation> ExplainRangeAsync(ISeriesSource source, string query, long start, long end, long stepMs, CancellationToken cancellationToken = default)
    {
        Expr expression = Parse(query);
        CheckRange(expression, stepMs);
        return ExplainAsync(new QueryRequest(source, expression, query, new QueryWindow(start, end, stepMs)), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsScheduler)
        {
            _scheduler.Dispose();
        }
    }

    private Expr Parse(string query)
    {
        try
        {
            return PromQLParser.ParseExpr(query, Options.Parser);
        }
        catch (PromQLException e)
        {
            throw new QueryException(QueryErrorKind.BadData, e.Message, e);
        }
    }

    private static void CheckRange(Expr expression, long stepMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepMs, 1);
        if (expression.Type is not (ExprType.Vector or ExprType.Scalar))
        {
            throw new QueryException(
                QueryErrorKind.BadData,
                $"invalid expression type \"{expression.Type.DocumentedName()}\" for range query, must be Scalar or instant Vector");
        }
    }

    private async Task<QueryExplanation> ExplainAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var explained = new ExplainedRun(request.Expression, request.Text, Options);
        try
        {
            QueryResult result = await AskAsync(request, explained, cancellationToken).ConfigureAwait(false);
            return explained.Complete(result);
        }
        catch (QueryException e)
        {
            return explained.Complete(e);
        }
    }

    private Task<QueryResult> AskAsync(QueryRequest request, ExplainedRun? explained, CancellationToken cancellationToken) =>
        Options.Log is { } log ? RunLoggedAsync(request, explained, log, cancellationToken) : RunAsync(request, cancellationToken, explained);

    private async Task<QueryResult> RunLoggedAsync(QueryRequest request, ExplainedRun? explained, Action<QueryLogEntry> log, CancellationToken cancellationToken)
    {
        long asked = Options.TimeProvider.GetTimestamp();
        var entry = new QueryLogEntry(request.Text, request.Window.Start, request.Window.End, request.Window.StepMs, Options.Asker, QueryStatistics.None, Error: null);
        try
        {
            QueryResult result = await RunAsync(request, cancellationToken, explained).ConfigureAwait(false);
            log(entry with { Statistics = result.Statistics });
            return result;
        }
        catch (QueryException e)
        {
            log(entry with { Statistics = QueryStatistics.None with { EvaluationTime = Options.TimeProvider.GetElapsedTime(asked) }, Error = e.Message });
            throw;
        }
    }

    private async Task<QueryResult> RunAsync(QueryRequest request, CancellationToken cancellationToken, ExplainedRun? explained = null)
    {
        long asked = Options.TimeProvider.GetTimestamp();
        using CancellationTokenSource stop = Options.Timeout > TimeSpan.Zero
            ? new CancellationTokenSource(Options.Timeout, Options.TimeProvider)
            : new CancellationTokenSource();
        using CancellationTokenRegistration link = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), stop);
        QueryStatistics? statistics = null;
        Counters.Begin();
        try
        {
            using QueryTicket ticket = await EnterAsync(stop.Token, cancellationToken).ConfigureAwait(false);
            TimeSpan waited = Options.TimeProvider.GetElapsedTime(asked);
            QueryResult result = explained is null ? Run(request, waited, ticket, stop.Token) : RunExplained(request, waited, explained, ticket, stop.Token);
            statistics = result.Statistics;
            return result;
        }
        catch (QueryStoppedException)
        {
            throw cancellationToken.IsCancellationRequested
                ? QueryLimits.Canceled("expression evaluation")
                : QueryLimits.TimedOut(Options, Options.TimeProvider.GetElapsedTime(asked));
        }
        finally
        {
            Counters.End(statistics);
        }
    }

    private async ValueTask<QueryTicket> EnterAsync(CancellationToken stop, CancellationToken byCaller)
    {
        try
        {
            return await _scheduler.EnterAsync(Options.Origin, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw byCaller.IsCancellationRequested
                ? QueryLimits.Canceled("query queue")
                : QueryLimits.TimedOutInQueue(Options, _scheduler.Places, _scheduler.Queued);
        }
    }

    private QueryResult Run(QueryRequest request, TimeSpan waited, QueryTicket ticket, CancellationToken stop)
    {
        long began = Options.TimeProvider.GetTimestamp();
        using var stint = new Stint(ticket, stop);
        stint.Begin();
        PlanNode plan = new Planner(request.Window, Options).Plan(request.Expression);
        using ISeriesQuerier querier = request.Source.OpenQuerier();
        stint.ThrowIfStopped();
        var run = new QueryRun(querier, Options, ticket, stint, stop);
        QueryResult result = Answer(run, plan, request, waited, began);
        run.Release();
        return result;
    }

    // The series that were read stay open until everything about them is told.
    private QueryResult RunExplained(QueryRequest request, TimeSpan waited, ExplainedRun explained, QueryTicket ticket, CancellationToken stop)
    {
        long began = Options.TimeProvider.GetTimestamp();
        using var stint = new Stint(ticket, stop);
        stint.Begin();
        PlanNode plan = new Planner(request.Window, Options, explained.PlanOf).Plan(request.Expression);
        using ISeriesQuerier querier = request.Source.OpenQuerier();
        stint.ThrowIfStopped();
        var run = new QueryRun(querier, Options, ticket, stint, stop, explained.Trace);
        try
        {
            QueryResult result = Answer(run, plan, request, waited, began);
            explained.Tell(querier, run, result, stop);
            return result;
        }
        catch (Exception e) when (e is QueryException or QueryStoppedException)
        {
            explained.TellUnanswered(
                querier, run, new QueryStatistics(run.SamplesRead, run.Budget.Peak, waited, Options.TimeProvider.GetElapsedTime(began)), stop);
            throw;
        }
    }

    private QueryResult Answer(QueryRun run, PlanNode plan, QueryRequest request, TimeSpan waited, long began)
    {
        long prepared = Options.TimeProvider.GetTimestamp();

        // A subquery by itself answers on its own steps.
        PlanNode shown = plan is SubqueryPlan subquery ? subquery.Inner : plan;
        List<ResultRow> rows = Evaluate(run, shown);
        long computed = Options.TimeProvider.GetTimestamp();
        bool isMatrix = !request.Window.IsInstant || plan.Type == ExprType.Matrix;
        if (isMatrix)
        {
            // The list is not touched while its span is in use.
            PacedSort.Sort(CollectionsMarshal.AsSpan(rows), static (x, y) => Core.Labels.Labels.Compare(x.Labels, y.Labels), work: 64, run.Pace);
        }

        long ended = Options.TimeProvider.GetTimestamp();
        IReadOnlyList<QueryAnnotation> annotations = run.Annotations.ToList(request.Text);
        return new QueryResult
        {
            Type = isMatrix ? ExprType.Matrix : plan.Type,
            StartTime = shown.Grid.Start,
            StepMs = shown.Grid.Step,
            Steps = shown.Grid.Count,
            Rows = !isMatrix && plan.Type == ExprType.Scalar ? [] : rows,
            ScalarValue = !isMatrix && plan.Type == ExprType.Scalar ? rows[0].Values.Span[0] : 0,
            StringValue = plan is StringPlan constant ? constant.Value : "",
            Annotations = annotations,
            Warnings = [.. run.SourceWarnings, .. annotations.Where(static a => a.IsWarning).Select(static a => a.Text)],
            Infos = [.. annotations.Where(static a => !a.IsWarning).Select(static a => a.Text)],
            Statistics = new QueryStatistics(run.SamplesRead, run.Budget.Peak, waited, Options.TimeProvider.GetElapsedTime(began, ended))
            {
                PreparationTime = Options.TimeProvider.GetElapsedTime(began, prepared),
                InnerTime = Options.TimeProvider.GetElapsedTime(prepared, computed),
                SortTime = Options.TimeProvider.GetElapsedTime(computed, ended),
                Queryable = Options.CountsSamples ? new SampleCounter(run.Another(Options with { MaxSamples = 0 })).CountQuery(plan) : null,
            },
        };
    }

    private static List<ResultRow> Evaluate(QueryRun run, PlanNode plan) => plan switch
    {
        RawRangePlan samples => Evaluation.Samples(run, samples),
        { Type: ExprType.Vector } => Evaluation.Vector(run, plan),
        { Type: ExprType.Scalar } => Evaluation.Scalar(run, plan),
        _ => [],
    };

    private readonly record struct QueryRequest(ISeriesSource Source, Expr Expression, string Text, QueryWindow Window);
}
