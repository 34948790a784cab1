using System.Diagnostics;

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>Kinds and spellings of aggregation operators.</summary>
public static class AggregateOps
{
    /// <summary>Takes a parameter before the vector.</summary>
    public static bool HasParameter(this AggregateOp op) =>
        op is AggregateOp.TopK or AggregateOp.BottomK or AggregateOp.CountValues or AggregateOp.Quantile or AggregateOp.LimitK or AggregateOp.LimitRatio;

    /// <summary>Needs <see cref="ParserOptions.ExperimentalFunctions"/>.</summary>
    public static bool IsExperimental(this AggregateOp op) => op is AggregateOp.LimitK or AggregateOp.LimitRatio;

    /// <summary>The operator as it is written.</summary>
    public static string Text(this AggregateOp op) => op switch
    {
        AggregateOp.Avg => "avg",
        AggregateOp.BottomK => "bottomk",
        AggregateOp.Count => "count",
        AggregateOp.CountValues => "count_values",
        AggregateOp.Group => "group",
        AggregateOp.Max => "max",
        AggregateOp.Min => "min",
        AggregateOp.Quantile => "quantile",
        AggregateOp.StdDev => "stddev",
        AggregateOp.StdVar => "stdvar",
        AggregateOp.Sum => "sum",
        AggregateOp.TopK => "topk",
        AggregateOp.LimitK => "limitk",
        AggregateOp.LimitRatio => "limit_ratio",
        _ => throw new UnreachableException($"aggregation operator {op}"),
    };
}
