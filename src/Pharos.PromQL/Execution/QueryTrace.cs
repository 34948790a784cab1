using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Measures one query for its explanation: who was evaluated, what rows there were, and where the time of all threads went. A query that is not explained has none.
/// </summary>
internal sealed class QueryTrace(TimeProvider time)
{
    private readonly Dictionary<PlanNode, NodeMeasure> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly List<NodeMeasure?> _bySlot = [];
    private readonly List<NodeClock> _clocks = [];
    private readonly Lock _clockLock = new();
    private NodeClock? _main;
    private NodeMeasure? _failed;

    // The thread that opens operators; workers have clocks of their own.
    private NodeClock Main => _main ??= NewClock();

    /// <summary>The node in which the error of the query arose; null when it arose in none.</summary>
    public NodeMeasure? Failed => _failed;

    /// <summary>The operator of a node, measured. On the thread that opens operators, as everything here that does not say otherwise.</summary>
    /// <param name="plan">The node.</param>
    /// <param name="rows">What others use.</param>
    /// <param name="operation">The operator itself, without what keeps its rows.</param>
    public MeasuredRows Measure(PlanNode plan, RowSource rows, RowSource operation) =>
        new(rows, Add(new NodeMeasure(plan, _bySlot.Count) { Operator = operation }), this);

    /// <summary>What is known of a node; null when nothing came to evaluating it.</summary>
    public NodeMeasure? Find(PlanNode plan) => _nodes.GetValueOrDefault(plan);

    /// <summary>From now on the time is that of a node.</summary>
    public int Enter(NodeMeasure node)
    {
        node.WasEntered = true;
        return Main.Enter(node.Slot);
    }

    /// <summary>The same for a node without an operator of rows: a number a step, or the samples of a range selector.</summary>
    public int Enter(PlanNode plan) => Enter(Find(plan) ?? Add(new NodeMeasure(plan, _bySlot.Count)));

    /// <summary>Comes back to what <see cref="Enter(PlanNode)"/> answered.</summary>
    public void Leave(int before) => Main.Leave(before);

    /// <summary>Selects series for the node that is being opened, in time that is counted for the selection.</summary>
    public Scan Select(Func<int, Scan> select)
    {
        int slot = NewSlot();
        int before = Main.Enter(slot);
        Scan scan = select(slot);
        Main.Leave(before);
        return scan;
    }

    /// <summary>The node that is being opened reads these series.</summary>
    public void Reads(Scan scan)
    {
        if (Main.Current is >= 0 and int slot && _bySlot[slot] is { } node)
        {
            node.Scan = scan;
        }
    }

    /// <summary>Runs work in parallel for the node that is being opened: each thread's time is counted, and not the waiting for others.</summary>
    public void Parallelize(Action<int, Worker> body, Action<Action<int, Worker>> run)
    {
        int node = Main.Enter(NodeClock.Nowhere);
        run((partition, worker) =>
        {
            NodeClock clock = worker.Clock!;
            clock.Enter(node, worker.SamplesRead);
            body(partition, worker);
            clock.Leave(NodeClock.Nowhere, worker.SamplesRead);
        });
        Main.Leave(node);
    }

    /// <summary>The error of the query comes through a node: it arose in the first that says so. Thread-safe.</summary>
    public void Fails(NodeMeasure node) => Interlocked.CompareExchange(ref _failed, node, null);

    /// <summary>A clock for a worker. Thread-safe.</summary>
    public NodeClock NewClock()
    {
        var clock = new NodeClock(time);
        lock (_clockLock)
        {
            _clocks.Add(clock);
        }

        return clock;
    }

    /// <summary>Nothing runs any more: counts the rows.</summary>
    public void Complete()
    {
        Main.Leave(NodeClock.Nowhere);
        foreach (NodeMeasure node in _nodes.Values)
        {
            node.Complete(Main);
        }
    }

    /// <summary>What all threads spent in a slot.</summary>
    public TimeSpan TimeIn(int slot) => time.GetElapsedTime(0, _clocks.Sum(c => c.Of(slot).Ticks));

    /// <summary>The samples decoded by all threads in a slot.</summary>
    public long SamplesIn(int slot) => _clocks.Sum(c => c.Of(slot).Samples);

    /// <summary>The bounds of the values that a node answered, NaN left out; null when there were none.</summary>
    public (double Least, double Greatest)? BoundsOf(NodeMeasure node)
    {
        NodeClock.Count[] counts = [.. _clocks.Select(c => c.Of(node.Slot)).Where(static c => c.HasValues)];
        return counts.Length == 0 ? null : (counts.Min(static c => c.Least), counts.Max(static c => c.Greatest));
    }

    private NodeMeasure Add(NodeMeasure node)
    {
        _bySlot.Add(node);
        _nodes.Add(node.Plan, node);
        return node;
    }

    // A slot that is no node's.
    private int NewSlot()
    {
        _bySlot.Add(null);
        return _bySlot.Count - 1;
    }
}
