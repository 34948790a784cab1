using Pharos.PromQL.Execution;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>The tree of an explanation: the query as it was written, each part with what its operator saw. Used by one thread.</summary>
internal sealed class DraftTree
{
    private const int MaxNodes = 10_000;

    private readonly IReadOnlyDictionary<Expr, PlanNode> _planOf;
    private readonly QueryTrace _trace;
    private readonly List<NodeDraft> _nodes = [];

    // What has its numbers told: an operator, or the series of a selection.
    private readonly Dictionary<object, NodeDraft> _shownAt = new(ReferenceEqualityComparer.Instance);

    public DraftTree(Expr expression, IReadOnlyDictionary<Expr, PlanNode> planOf, QueryTrace trace)
    {
        _planOf = planOf;
        _trace = trace;
        Root = Add(expression, null);
    }

    /// <summary>Parents before children, children in the order of the text.</summary>
    public IReadOnlyList<NodeDraft> Nodes => _nodes;

    public NodeDraft Root { get; }

    /// <summary>There were more nodes than anybody reads.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Gives each node what was measured.</summary>
    public void Measure(QueryResult? result)
    {
        foreach (NodeDraft node in _nodes)
        {
            node.Measure = node.Plan is null || node.IsTransparent ? null : _trace.Find(node.Plan);
            node.HasFailed = node.Measure is not null && ReferenceEquals(node.Measure, _trace.Failed);
        }

        foreach (NodeDraft node in _nodes)
        {
            TakeNumbers(node);
            Claim(node);
        }

        // Children come after their parents.
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            NodeDraft node = _nodes[i];
            if (node.IsTransparent || node.Expression is SubqueryExpr)
            {
                TakeFrom(node, node.Children.FirstOrDefault());
            }

            node.TotalTime += node.SelfTime;
            if (node.Parent is { } parent)
            {
                parent.TotalTime += node.TotalTime;
            }
        }

        if (Root.Plan is RawRangePlan && result is not null)
        {
            Root.Series = result.Rows.Count;
            Root.Points = result.Rows.Sum(static row => (long)row.Values.Length);
        }
    }

    private static void TakeFrom(NodeDraft node, NodeDraft? operand)
    {
        node.Series = operand?.Series;
        node.Points = operand?.Points;
    }

    private NodeDraft Add(Expr expression, NodeDraft? parent)
    {
        expression = StepInvariance.Unwrap(expression);
        PlanNode? plan = _planOf.GetValueOrDefault(expression);
        bool isOnce = plan is InvariantPlan;
        var node = new NodeDraft
        {
            Id = _nodes.Count,
            Parent = parent,
            Expression = expression,
            Plan = plan is InvariantPlan invariant ? invariant.Inner : plan,
            IsEvaluatedOnce = isOnce,
        };
        _nodes.Add(node);
        parent?.Children.Add(node);
        foreach (Expr operand in expression is MatrixSelector ? [] : expression.Children)
        {
            if (_nodes.Count >= MaxNodes)
            {
                IsCut = true;
                break;
            }

            Add(operand, node);
        }

        return node;
    }

    private void TakeNumbers(NodeDraft node)
    {
        if (node.Expression is VectorSelector or MatrixSelector)
        {
            // What reads the samples of a range is the function above; the series of timestamp(x) are those of x.
            node.Scan = node.Measure?.Scan ?? node.Parent?.Measure?.Scan;
            if (node.Scan?.Measure is { } measure && node.Measure?.IsOpen != true)
            {
                TakeSamples(node, measure);
            }
        }

        if (node.Measure is not { } own)
        {
            return;
        }

        if (own.IsOpen)
        {
            node.Series = own.RowCount - own.EmptyRows;
            node.Dropped = own.EmptyRows;
            node.Unread = own.UnreadRows;
            node.Points = own.Points;
        }
        else if (own.WasEntered && node.Expression.Type == ExprType.Scalar)
        {
            node.Points = own.Plan.Grid.Count;
        }
    }

    private static void TakeSamples(NodeDraft node, ScanMeasure measure)
    {
        node.Dropped = measure.SamplesOf.Count(static samples => samples == 0);
        node.Unread = measure.SamplesOf.Count(static samples => samples < 0);
        node.Series = measure.SamplesOf.Length - node.Dropped;
        node.Points = measure.SamplesOf.Sum(static samples => (long)Math.Max(0, samples));
    }

    // Time and samples are told once, where they are shown first.
    private void Claim(NodeDraft node)
    {
        if (node.Expression is NumberLiteral or StringLiteral)
        {
            return;
        }

        bool isShown = false;
        if (node.Measure is { } own)
        {
            isShown = !TryClaim(own, node);
            if (!isShown)
            {
                node.SelfTime += _trace.TimeIn(own.Slot);
                AddInvariant(node);
            }
        }

        if (node.Scan is { Measure: { } read } scan)
        {
            bool isFirst = TryClaim(scan, node);
            isShown |= node.Measure is null && !isFirst;
            if (isFirst)
            {
                node.SelfTime += _trace.TimeIn(read.Slot);
            }

            if (!isShown)
            {
                node.Samples = (isFirst ? _trace.SamplesIn(read.Slot) : 0) + (node.Measure is null ? 0 : _trace.SamplesIn(node.Measure.Slot));
            }
        }

        if (isShown)
        {
            node.SameAs = _shownAt[node.Measure is not null ? node.Measure : node.Scan!];
        }
    }

    private bool TryClaim(object shown, NodeDraft node) => _shownAt.TryAdd(shown, node);

    // What repeats a value that does not depend on the step has an operator of its own.
    private void AddInvariant(NodeDraft node)
    {
        if (node.IsEvaluatedOnce && _planOf.TryGetValue(node.Expression, out PlanNode? outer) && _trace.Find(outer) is { } repeats && TryClaim(repeats, node))
        {
            node.SelfTime += _trace.TimeIn(repeats.Slot);
            node.Points = repeats.IsOpen ? repeats.Points : node.Points;
        }
    }
}
