using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>How the need of an expression's operands follows from the expression; upstream decides alike which selectors may skip buckets.</summary>
internal static class HistogramNeeds
{
    /// <summary>The need within an expression that stands where another need holds.</summary>
    public static HistogramNeed Within(this HistogramNeed need, Expr expression) => expression switch
    {
        _ when need == HistogramNeed.Buckets => need,
        SubqueryExpr => HistogramNeed.Buckets,
        BinaryExpr { Op: BinaryOp.TrimLower or BinaryOp.TrimUpper } => HistogramNeed.Buckets,
        Call { Function.Name: "histogram_quantile" or "histogram_quantiles" or "histogram_fraction" } => HistogramNeed.Buckets,

        // Upstream forgets these two within the next three, and answers 0.
        Call { Function.Name: "histogram_stddev" or "histogram_stdvar" } => HistogramNeed.Buckets,
        Call { Function.Name: "histogram_count" or "histogram_sum" or "histogram_avg" } => HistogramNeed.Statistics,
        _ => need,
    };
}
