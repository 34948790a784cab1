using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An operator between two numbers; comparisons answer 0 or 1.</summary>
internal sealed class ScalarBinaryPlan(Arithmetic op, PlanNode left, PlanNode right) : PlanNode
{
    public Arithmetic Op => op;

    public PlanNode Left => left;

    public PlanNode Right => right;

    public override ExprType Type => ExprType.Scalar;

    public override string Key => $"{left.Id} {op} {right.Id}";
}
