using Pharos.PromQL.Syntax.Functions;

namespace Pharos.Fuzz.Targets;

/// <summary>What queries and series descriptions are written with.</summary>
internal static class PromQLWords
{
    private static readonly string[] Marks =
    [
        "(", ")", "{", "}", "[", "]", ",", "+", "-", "*", "/", "%", "^", "==", "!=", ">", "<=", "=~", "!~", "=", "\"", "'", "`", "\\", "#", "\n", " ", ":", "@", "0x", "1e", "_",
    ];

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "0.5", "NaN", "Inf", "-Inf", "1e308", "1e-320", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "0x1p-1074", "1_000", "5m", "1h30m", "1ms",
        "100y", "292y", "9223372036854775807ms", "0s", "1e3s",
    ];

    private static readonly string[] Keywords =
    [
        "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset", "start()", "end()", "step()", "range()", "and", "or", "unless", "atan2", "fill(0)", "fill_left(1)",
        "fill_right(NaN)", "anchored", "smoothed", "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values", "limitk", "limit_ratio",
        "m", "g", "h_bucket", "nh", "a", "b", "le", "job", "__name__", "{__name__=~\".+\"}", "[5m]", "[5m:30s]", "[1y:1ms]", "@ 600", "@ end()", "offset -5m", "sum by (a) (", "(m)", "rate(m[5m])",
    ];

    /// <summary>Of expressions: marks, numbers, keywords, names of all functions.</summary>
    public static IReadOnlyList<string> Expression { get; } = [.. Marks, .. Numbers, .. Keywords, .. FunctionTable.All.Select(static f => f.Name + "(")];

    /// <summary>Of series descriptions.</summary>
    public static IReadOnlyList<string> Series { get; } =
    [
        .. Marks, .. Numbers, "x", "0x5", "+1x3", "1+1x1000000", "_x9", "stale", "{{", "}}", "schema:", "-53", "count:", "sum:", "buckets:[1 2 3]", "n_buckets:[1]", "offset:", "n_offset:-5",
        "z_bucket:", "z_bucket_w:", "custom_values:[1 2]", "counter_reset_hint:gauge", "{{schema:0 sum:5 count:4 buckets:[1 2 1]}}", "{{}}x5",
    ];
}
