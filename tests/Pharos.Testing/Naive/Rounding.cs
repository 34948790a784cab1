namespace Pharos.Testing.Naive;

/// <summary>Two evaluations may differ by rounding. What jumps on such a difference is asked here first.</summary>
public static class Rounding
{
    public const double Tolerance = 1e-9;

    /// <summary>Equal but for rounding; NaN is equal to NaN.</summary>
    public static bool AreClose(double x, double y) =>
        x.Equals(y) || x == y || Math.Abs(x - y) <= Tolerance * Math.Max(1, Math.Min(Math.Abs(x), Math.Abs(y)));

    /// <exception cref="UndecidedException">The values differ, but only by rounding.</exception>
    public static void MustDecide(double x, double y)
    {
        if (x != y && AreClose(x, y) && !double.IsNaN(x))
        {
            throw new UndecidedException($"{x:R} and {y:R} differ by rounding");
        }
    }

    /// <exception cref="UndecidedException">The value is next to a whole number.</exception>
    public static void MustDecideWhole(double x)
    {
        if (double.IsFinite(x))
        {
            MustDecide(x, Math.Round(x));
        }
    }
}
