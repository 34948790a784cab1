using Pharos.Core.Matching;

namespace Pharos.PromQL.Planning;

/// <summary>A range vector selector: stored samples.</summary>
internal sealed class RawRangePlan : RangePlan
{
    public required IReadOnlyList<Matcher> Matchers { get; init; }

    public required bool IsAnchored { get; init; }

    public required bool IsSmoothed { get; init; }

    /// <summary>Of histograms only count, sum and resets are looked at, so that buckets need not be carried along.</summary>
    public bool WantsStatistics { get; init; }

    public override string Key => ScanKey;

    public override string ScanKey =>
        $"{SelectorKey.Of(Matchers)} range {Range}{(IsAnchored ? " anchored" : "")}{(IsSmoothed ? " smoothed" : "")}{(WantsStatistics ? " statistics" : "")} {Times}";
}
