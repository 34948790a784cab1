namespace Pharos.Testing.Queries;

/// <summary>
/// Two programs that both compute within 1e-9 may answer what is far apart where a query takes the last bit of a number for the whole: rounds it, compares it,
/// takes what differences leave. Such queries prove nothing.
/// </summary>
internal static class Conditioning
{
    // Whose last bits are those of the mathematical library, Go's or C's.
    private static readonly string[] Rough =
    [
        "^", "atan2", "exp", "ln", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    ];

    private static readonly string[] Smooth = ["-", "+", "abs", "sum", "avg", "min", "max", "timestamp", "count", "group", "vector", "scalar", "*", "/"];

    /// <summary>Whether something other than arithmetic is done to what is rough.</summary>
    public static bool IsIll(Term term) => term.Any(static t => !IsSmooth(t) && t.Parts.Any(static p => p.Any(IsRough)));

    private static bool IsSmooth(Term term) => term switch
    {
        CallTerm call => Smooth.Contains(call.Name) || call.Texts.Count > 0,
        AggregateTerm aggregate => Smooth.Contains(aggregate.Name),
        BinaryTerm binary => binary.IsSet || Smooth.Contains(binary.Operator),
        _ => true,
    };

    // Quantiles of classic histograms are not among them: their buckets are spread evenly.
    private static bool IsRough(Term term) => term is CallTerm call
        ? Rough.Contains(call.Name) || (call.Name.StartsWith("histogram_", StringComparison.Ordinal) && !call.ToString().Contains("_bucket", StringComparison.Ordinal))
        : term is BinaryTerm binary && Rough.Contains(binary.Operator);
}
