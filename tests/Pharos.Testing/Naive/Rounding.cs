namespace Pharos.Testing.Naive;

/// <summary>Two evaluations may differ by rounding. What jumps on such a difference is asked here first.</summary>
public static class Rounding
{
    public const double Tolerance = 1e-9;

    /// <summary>Equal but for rounding; NaN is equal to NaN.</summary>
    public static bool AreClose(double x, double y) =>
        x.Equals(y) || x == y || Math.Abs(x - y) <= Tolerance * Math.Max(1, Math.Min(Math.Abs(x), Math.Abs(y)));

    /// <exception cref="UndecidedException">The values differ by nothing or by rounding, and are not such that arithmetic keeps them exact.</exception>
    public static void MustDecide(double x, double y)
    {
        if (double.IsFinite(x) && AreClose(x, y) && !(IsExact(x) && IsExact(y)))
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

    /// <summary>Whether a value is a multiple of a quarter, as all values of <see cref="NaiveData"/> are: sums of these are exact.</summary>
    public static bool IsExact(double x) => x * 4 == Math.Floor(x * 4);
}
