using Pharos.Core.Contracts;
using Pharos.PromQL.Execution;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>
/// One run of a query that is explained: goes with it from the plan to the result, then tells what happened. A query that is not explained has none, and its operators
/// are not measured.
/// </summary>
internal sealed class ExplainedRun(Expr expression, string text, EngineOptions options)
{
    private DraftTree? _tree;
    private QueryStatistics _statistics = new(0, 0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>For the planner.</summary>
    public Dictionary<Expr, PlanNode> PlanOf { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>For the run.</summary>
    public QueryTrace Trace { get; } = new(options.TimeProvider);

    /// <summary>Looks at what an answered query saw. What it read must still be open.</summary>
    /// <param name="querier">Asked for the names that exist where a selector found nothing.</param>
    /// <param name="run">The run, which has ended.</param>
    /// <param name="result">The answer.</param>
    /// <param name="stop">Ends the search for names; what was found up to then is told.</param>
    public void Tell(ISeriesQuerier querier, QueryRun run, QueryResult result, CancellationToken stop) => Tell(querier, run, result, result.Statistics, stop);

    /// <summary>The same of a query that failed, up to there.</summary>
    public void TellUnanswered(ISeriesQuerier querier, QueryRun run, QueryStatistics statistics, CancellationToken stop) => Tell(querier, run, null, statistics, stop);

    /// <summary>The explanation of an answered query.</summary>
    public QueryExplanation Complete(QueryResult result) => Complete(result, null, EmptyCause.Find(_tree!.Root, result));

    /// <summary>The explanation of a query that failed; one that never ran has its tree alone.</summary>
    public QueryExplanation Complete(QueryException error) => Complete(null, error, null);

    private void Tell(ISeriesQuerier querier, QueryRun run, QueryResult? result, QueryStatistics statistics, CancellationToken stop)
    {
        Trace.Complete();
        _statistics = statistics;
        _tree = new DraftTree(expression, PlanOf, Trace);
        _tree.Measure(result);
        var selectors = new SelectorNotes(querier, options, stop);
        var operators = new OperatorNotes(Trace, selectors);
        var joins = new JoinNotes(run.Symbols, stop);
        foreach (NodeDraft node in _tree.Nodes.Where(static n => n.SameAs is null))
        {
            selectors.Write(node);
            operators.Write(node);
            joins.Write(node);
            OperatorNotes.WriteRest(node);
        }

        OperatorNotes.WritePasses(_tree.Nodes);
    }

    private QueryExplanation Complete(QueryResult? result, QueryException? error, NodeDraft? empty)
    {
        _tree ??= new DraftTree(expression, PlanOf, Trace);
        ExplainedNode[] nodes = [.. _tree.Nodes.Select(static n => n.ToNode())];
        return new QueryExplanation
        {
            Query = text,
            Nodes = nodes,
            IsCut = _tree.IsCut,
            Result = result,
            Error = error,
            Statistics = _statistics,
            EmptyBecause = empty is null ? null : (nodes[empty.Id], nodes[empty.Id].Notes[0]),
        };
    }
}
