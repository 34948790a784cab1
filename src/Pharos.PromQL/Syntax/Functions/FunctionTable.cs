using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Functions;

/// <summary>Every function of Prometheus 3.14, the experimental ones flagged.</summary>
public static class FunctionTable
{
    private const ExprType Vector = ExprType.Vector;
    private const ExprType Matrix = ExprType.Matrix;
    private const ExprType Scalar = ExprType.Scalar;
    private const ExprType String = ExprType.String;

    private static readonly FrozenDictionary<string, Function> ByName = Build().ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    /// <summary>All functions, sorted by name.</summary>
    public static IReadOnlyList<Function> All { get; } = [.. ByName.Values.OrderBy(static f => f.Name, StringComparer.Ordinal)];

    /// <summary>Finds a function; names are case-sensitive.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out Function? function) => ByName.TryGetValue(name, out function);

    private static IEnumerable<Function> Build() =>
    [
        .. Elementwise(), .. OverTime(), .. Histograms(), .. DateParts(), .. LabelsAndOrder(), .. Scalars(),
    ];

    private static IEnumerable<Function> Elementwise()
    {
        string[] names =
        [
            "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp", "floor", "ln", "log10", "log2",
            "rad", "sgn", "sin", "sinh", "sort", "sort_desc", "sqrt", "tan", "tanh", "timestamp",
        ];
        return
        [
            .. names.Select(static name => Returning(Vector, name, [Vector])),
            Returning(Vector, "clamp", [Vector, Scalar, Scalar]),
            Returning(Vector, "clamp_max", [Vector, Scalar]),
            Returning(Vector, "clamp_min", [Vector, Scalar]),
            Returning(Vector, "round", [Vector, Scalar], variadic: 1),
            Experimental(Vector, "start_timestamp", [Vector]),
        ];
    }

    private static IEnumerable<Function> OverTime()
    {
        string[] names =
        [
            "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "first_over_time", "idelta", "increase", "irate",
            "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets", "stddev_over_time", "stdvar_over_time", "sum_over_time",
        ];
        string[] experimental = ["mad_over_time", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time"];
        return
        [
            .. names.Select(static name => Returning(Vector, name, [Matrix])),
            .. experimental.Select(static name => Experimental(Vector, name, [Matrix])),
            Experimental(Vector, "double_exponential_smoothing", [Matrix, Scalar, Scalar]),
            Returning(Vector, "predict_linear", [Matrix, Scalar]),
            Returning(Vector, "quantile_over_time", [Scalar, Matrix]),
        ];
    }

    private static IEnumerable<Function> Histograms()
    {
        string[] names = ["histogram_avg", "histogram_count", "histogram_stddev", "histogram_stdvar", "histogram_sum"];
        return
        [
            .. names.Select(static name => Returning(Vector, name, [Vector])),
            Returning(Vector, "histogram_fraction", [Scalar, Scalar, Vector]),
            Returning(Vector, "histogram_quantile", [Scalar, Vector]),
            Experimental(Vector, "histogram_quantiles", [Vector, String, Scalar, Scalar], variadic: 9),
        ];
    }

    private static IEnumerable<Function> DateParts()
    {
        string[] names = ["day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"];
        return names.Select(static name => Returning(Vector, name, [Vector], variadic: 1));
    }

    private static IEnumerable<Function> LabelsAndOrder() =>
    [
        Experimental(Vector, "info", [Vector, Vector], variadic: 1),
        Returning(Vector, "label_join", [Vector, String, String, String], variadic: -1),
        Returning(Vector, "label_replace", [Vector, String, String, String, String]),
        Experimental(Vector, "sort_by_label", [Vector, String], variadic: -1),
        Experimental(Vector, "sort_by_label_desc", [Vector, String], variadic: -1),
    ];

    private static IEnumerable<Function> Scalars() =>
    [
        Experimental(Scalar, "end", []),
        Experimental(Scalar, "max_of", [Scalar, Scalar]),
        Experimental(Scalar, "min_of", [Scalar, Scalar]),
        Returning(Scalar, "pi", []),
        Experimental(Scalar, "range", []),
        Returning(Scalar, "scalar", [Vector]),
        Experimental(Scalar, "start", []),
        Experimental(Scalar, "step", []),
        Returning(Scalar, "time", []),
        Returning(Vector, "vector", [Scalar]),
    ];

    private static Function Returning(ExprType type, string name, ExprType[] arguments, int variadic = 0) =>
        new(name, arguments, variadic, type, IsExperimental: false);

    private static Function Experimental(ExprType type, string name, ExprType[] arguments, int variadic = 0) =>
        new(name, arguments, variadic, type, IsExperimental: true);
}
