namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>An aggregation operator.</summary>
public enum AggregateOp : byte
{
    /// <summary><c>avg</c>: the mean.</summary>
    Avg,

    /// <summary><c>bottomk</c>: the series with the smallest values.</summary>
    BottomK,

    /// <summary><c>count</c>: how many series there are.</summary>
    Count,

    /// <summary><c>count_values</c>: how many series have each value.</summary>
    CountValues,

    /// <summary><c>group</c>: 1 where there is any series.</summary>
    Group,

    /// <summary><c>max</c>: the greatest value.</summary>
    Max,

    /// <summary><c>min</c>: the smallest value.</summary>
    Min,

    /// <summary><c>quantile</c>: a quantile of the values.</summary>
    Quantile,

    /// <summary><c>stddev</c>: the standard deviation over the values.</summary>
    StdDev,

    /// <summary><c>stdvar</c>: the variance over the values.</summary>
    StdVar,

    /// <summary><c>sum</c>: the sum.</summary>
    Sum,

    /// <summary><c>topk</c>: the series with the greatest values.</summary>
    TopK,

    /// <summary><c>limitk</c>: so many series of each group.</summary>
    LimitK,

    /// <summary><c>limit_ratio</c>: a share of the series, the same ones each time.</summary>
    LimitRatio,
}
