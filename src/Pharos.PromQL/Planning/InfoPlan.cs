using Pharos.Core.Matching;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary><c>info</c>: a vector with the labels of the info series of the same target.</summary>
internal sealed class InfoPlan : PlanNode
{
    /// <summary>The vector that gets labels.</summary>
    public required PlanNode Inner { get; init; }

    /// <summary>Which info series and which of their labels; null when the query names none.</summary>
    public required IReadOnlyList<Matcher>? Matchers { get; init; }

    /// <summary>The times at which info series are looked up.</summary>
    public required StepTimes Times { get; init; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"info {Inner.Id} {(Matchers is null ? "" : SelectorKey.Of(Matchers))} {Times}";
}
