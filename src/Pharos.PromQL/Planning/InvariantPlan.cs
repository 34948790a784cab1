using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An expression with the same value at every step: evaluated at the first and repeated.</summary>
internal sealed class InvariantPlan(PlanNode inner) : PlanNode
{
    public PlanNode Inner => inner;

    public override ExprType Type => inner.Type;

    public override string Key => $"invariant {inner.Id} {Grid}";
}
