using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>
/// A node of the logical plan: what to compute and at which times, all durations and modifiers resolved. Equal subtrees are one node, so the plan is
/// a graph without cycles. Immutable once the plan is made.
/// </summary>
internal abstract class PlanNode
{
    /// <summary>The times the node is evaluated at.</summary>
    public required StepTimes Grid { get; init; }

    /// <summary>Where in the query it stands, for annotations; where it stands more than once, the last place.</summary>
    public required PositionRange Position { get; set; }

    /// <summary>Unique in the plan.</summary>
    public int Id { get; set; }

    /// <summary>How many nodes have this one as an operand.</summary>
    public int Uses { get; set; }

    /// <summary>How many of these fold its rows as they come, so that nobody needs to keep them.</summary>
    public int FoldUses { get; set; }

    /// <summary>What the node evaluates to.</summary>
    public abstract ExprType Type { get; }

    /// <summary>Text that is equal for nodes that compute the same, given the identity of their operands.</summary>
    public abstract string Key { get; }

    /// <summary>
    /// Names the scan whose series the rows of this node are, one by one in the same order; null where rows are made otherwise.
    /// Aggregations over one scan are folded in one pass.
    /// </summary>
    public virtual string? ScanKey => null;

    /// <summary>For the planner: the same was found again further on, as <paramref name="twin"/>.</summary>
    public virtual void MoveTo(PlanNode twin) => Position = twin.Position;

    protected static string Ids(IEnumerable<PlanNode> nodes) => string.Join(',', nodes.Select(static n => n.Id));
}
