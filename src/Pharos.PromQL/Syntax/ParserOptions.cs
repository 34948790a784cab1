namespace Pharos.PromQL.Syntax;

/// <summary>What the parser takes beyond the stable language, and its limits. Immutable, shared by all queries.</summary>
public sealed record ParserOptions
{
    /// <summary>The stable language, default limits.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>Everything that Prometheus has behind a switch.</summary>
    public static ParserOptions Everything { get; } = new()
    {
        ExperimentalFunctions = true,
        ExtendedRangeSelectors = true,
        BinopFillModifiers = true,
    };

    /// <summary><c>--enable-feature=promql-experimental-functions</c></summary>
    public bool ExperimentalFunctions { get; init; }

    /// <summary>Arithmetic in ranges and offsets; part of the stable language since Prometheus 3.14.</summary>
    public bool DurationExpressions { get; init; } = true;

    /// <summary><c>--enable-feature=promql-extended-range-selectors</c>: <c>anchored</c> and <c>smoothed</c>.</summary>
    public bool ExtendedRangeSelectors { get; init; }

    /// <summary><c>--enable-feature=promql-binop-fill-modifiers</c>: <c>fill</c>, <c>fill_left</c>, <c>fill_right</c>.</summary>
    public bool BinopFillModifiers { get; init; }

    /// <summary>The longest query text, in bytes of UTF-8.</summary>
    public int MaxQueryBytes { get; init; } = 1 << 20;

    /// <summary>The deepest syntax tree: every consumer may recurse this deep on a thread's stack.</summary>
    public int MaxDepth { get; init; } = 2000;

    /// <summary>The most values of one series description.</summary>
    public int MaxSeriesValues { get; init; } = 1_000_000;
}
