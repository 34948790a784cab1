using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>A range vector: the argument of a range function.</summary>
internal abstract class RangePlan : PlanNode
{
    /// <summary>The right ends of the windows, inclusive; all the same under <c>@</c>.</summary>
    public required StepTimes Times { get; init; }

    /// <summary>The length of the windows in milliseconds; they are open on the left.</summary>
    public required long Range { get; init; }

    public override ExprType Type => ExprType.Matrix;
}
