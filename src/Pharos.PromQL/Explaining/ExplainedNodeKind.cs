namespace Pharos.PromQL.Explaining;

/// <summary>What a part of a query is.</summary>
public enum ExplainedNodeKind
{
    /// <summary>An instant vector selector.</summary>
    Selector,

    /// <summary>A range vector selector.</summary>
    RangeSelector,

    /// <summary>An expression evaluated at many times.</summary>
    Subquery,

    /// <summary>A function with its arguments.</summary>
    Function,

    /// <summary>An aggregation.</summary>
    Aggregation,

    /// <summary>An operator with one or two operands.</summary>
    Operator,

    /// <summary>A constant number.</summary>
    Number,

    /// <summary>A constant string.</summary>
    Text,
}
