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
            case "ln":
                return Math.Log(x);
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
                throw new ArgumentException($"no function of values: {name}", nameof(name));
        }
    }
}
