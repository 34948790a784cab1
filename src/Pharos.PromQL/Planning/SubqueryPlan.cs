namespace Pharos.PromQL.Planning;

/// <summary>A subquery: the values of an expression at the times of its own grid are the samples.</summary>
internal sealed class SubqueryPlan : RangePlan
{
    public required PlanNode Inner { get; init; }

    public override string Key => $"{Inner.Id} over {Range} {Times}";

    public override string? ScanKey => Inner.ScanKey is { } key ? $"{key} over {Range} {Times}" : null;
}
