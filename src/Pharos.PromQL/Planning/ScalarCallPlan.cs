using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>A function that answers a number a step: <c>time</c>, <c>pi</c>, <c>scalar</c>, <c>min_of</c>, <c>max_of</c>.</summary>
internal sealed class ScalarCallPlan(string function, IReadOnlyList<PlanNode> arguments) : PlanNode
{
    public string Function => function;

    public IReadOnlyList<PlanNode> Arguments => arguments;

    public override ExprType Type => ExprType.Scalar;

    public override string Key => $"{function}({Ids(arguments)})";
}
