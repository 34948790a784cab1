namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An aggregation operator.</summary>
public enum AggregateOp : byte
{
    Avg,
    BottomK,
    Count,
    CountValues,
    Group,
    Max,
    Min,
    Quantile,
    StdDev,
    StdVar,
    Sum,
    TopK,
    LimitK,
    LimitRatio,
}
