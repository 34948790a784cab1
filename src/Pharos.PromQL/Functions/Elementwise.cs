namespace Pharos.PromQL.Functions;

/// <summary>Functions of one number, by PromQL name.</summary>
internal static class Elementwise
{
    /// <summary>The function, or null when no function of one number has this name.</summary>
    public static Func<double, double>? Find(string name) => name switch
    {
        "abs" => Math.Abs,
        "acos" => Math.Acos,
        "acosh" => Math.Acosh,
        "asin" => Math.Asin,
        "asinh" => Math.Asinh,
        "atan" => Math.Atan,
        "atanh" => Math.Atanh,
        "ceil" => Math.Ceiling,
        "cos" => Math.Cos,
        "cosh" => Math.Cosh,
        "deg" => static v => v * 180 / Math.PI,
        "exp" => Math.Exp,
        "floor" => Math.Floor,
        "ln" => Math.Log,
        "log10" => Math.Log10,
        "log2" => Math.Log2,
        "rad" => static v => v * Math.PI / 180,
        "sgn" => static v => v < 0 ? -1 : v > 0 ? 1 : v,
        "sin" => Math.Sin,
        "sinh" => Math.Sinh,
        "sqrt" => Math.Sqrt,
        "tan" => Math.Tan,
        "tanh" => Math.Tanh,
        _ => DateParts.Find(name),
    };

    /// <summary>Rounds to a multiple, ties upwards.</summary>
    public static double Round(double value, double toNearest)
    {
        double inverse = 1.0 / toNearest;
        return Math.Floor((value * inverse) + 0.5) / inverse;
    }

    /// <summary>Limits a value from both sides; NaN stays unless a limit is an infinity that decides.</summary>
    public static double Clamp(double value, double min, double max) => Max(min, Min(max, value));

    /// <summary>The larger number. Positive infinity wins even against NaN, as in Go.</summary>
    public static double Max(double a, double b) =>
        double.IsPositiveInfinity(a) || double.IsPositiveInfinity(b) ? double.PositiveInfinity : Math.Max(a, b);

    /// <summary>The smaller number. Negative infinity wins even against NaN, as in Go.</summary>
    public static double Min(double a, double b) =>
        double.IsNegativeInfinity(a) || double.IsNegativeInfinity(b) ? double.NegativeInfinity : Math.Min(a, b);
}
