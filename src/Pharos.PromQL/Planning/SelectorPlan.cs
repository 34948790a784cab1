using Pharos.Core.Matching;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>An instant vector selector.</summary>
internal sealed class SelectorPlan : PlanNode
{
    public required IReadOnlyList<Matcher> Matchers { get; init; }

    /// <summary>The times looked at: those of the grid, moved by <c>offset</c>, or all at <c>@</c>.</summary>
    public required StepTimes Times { get; init; }

    /// <summary>Values between samples are interpolated.</summary>
    public required bool IsSmoothed { get; init; }

    /// <summary>What of the samples is wanted.</summary>
    public required SampleField Field { get; init; }

    /// <summary>Of histograms only count, sum and resets are looked at, so that buckets need not be carried along.</summary>
    public bool WantsStatistics { get; init; }

    public override ExprType Type => ExprType.Vector;

    public override string Key => $"{Field}{(IsSmoothed ? " smoothed" : "")}{(WantsStatistics ? " statistics" : "")} {SelectorKey.Of(Matchers)} {Times}";

    public override string ScanKey => $"{SelectorKey.Of(Matchers)} instant{(IsSmoothed ? " smoothed" : "")}{(WantsStatistics ? " statistics" : "")} {Times}";
}
