namespace Pharos.Testing.Naive;

/// <summary>Functions of one value.</summary>
internal static class NaiveFunctions
{
    public static List<Element> Apply(string name, List<Element> elements, double[] parameters)
    {
        if (name == "clamp" && parameters[1] < parameters[0])
        {
            return [];
        }

        return NaiveLabels.DropNames([.. elements.Select(e => e with { Value = Value(name, e.Value, parameters) })]);
    }

    private static double Value(string name, double x, double[] parameters)
    {
        switch (name)
        {
            case "abs":
                return Math.Abs(x);
            case "ceil":
                Rounding.MustDecideWhole(x);
                return Math.Ceiling(x);
            case "floor":
                Rounding.MustDecideWhole(x);
                return Math.Floor(x);
            case "sgn":
                Rounding.MustDecide(x, 0);
                return double.IsNaN(x) ? x : Math.Sign(x);
            case "exp":
                return Math.Exp(x);
            case "ln" or "log2" or "log10" or "acos" or "asin" or "acosh" or "atanh":
                // Where they end, rounding decides between a number and NaN.
                Rounding.MustDecide(x, 0);
                Rounding.MustDecide(Math.Abs(x), 1);
                return AtEdges(name, x);
            case "sin" or "cos" or "tan":
                return Math.Abs(x) < 1e6 ? Circular(name, x) : throw new UndecidedException("an angle of many turns");
            case "sinh":
                return Math.Sinh(x);
            case "cosh":
                return Math.Cosh(x);
            case "tanh":
                return Math.Tanh(x);
            case "atan":
                return Math.Atan(x);
            case "asinh":
                return Math.Asinh(x);
            case "deg":
                return x * 180 / Math.PI;
            case "rad":
                return x * Math.PI / 180;
            case "sqrt":
                Rounding.MustDecide(x, 0);
                return Math.Sqrt(x);
            case "-":
                return -x;
            case "clamp":
                return Math.Max(parameters[0], Math.Min(parameters[1], x));
            case "clamp_min":
                return Math.Max(parameters[0], x);
            case "clamp_max":
                return Math.Min(parameters[0], x);
            case "round":
                Rounding.MustDecideWhole((x / parameters[0]) + 0.5);
                return Math.Floor((x / parameters[0]) + 0.5) * parameters[0];
            default:
                return NaiveDates.Knows(name) ? NaiveDates.Part(name, x) : throw new ArgumentException($"no function of values: {name}", nameof(name));
        }
    }

    private static double AtEdges(string name, double x) => name switch
    {
        "ln" => Math.Log(x),
        "log2" => Math.Log2(x),
        "log10" => Math.Log10(x),
        "acos" => Math.Acos(x),
        "asin" => Math.Asin(x),
        "acosh" => Math.Acosh(x),
        _ => Math.Atanh(x),
    };

    private static double Circular(string name, double x) => name switch
    {
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        _ => Math.Tan(x),
    };
}
