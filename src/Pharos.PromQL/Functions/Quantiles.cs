namespace Pharos.PromQL.Functions;

/// <summary>The quantile of a set of values: linear between neighbours, NaN sorted first, as upstream.</summary>
internal static class Quantiles
{
    /// <summary>Whether a quantile has a defined result; upstream warns about the others.</summary>
    public static bool IsValid(double q) => q is >= 0 and <= 1;

    /// <summary>The quantile of values in ascending order with NaN first.</summary>
    public static double OfSorted(double q, ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty || double.IsNaN(q))
        {
            return double.NaN;
        }

        if (q < 0)
        {
            return double.NegativeInfinity;
        }

        if (q > 1)
        {
            return double.PositiveInfinity;
        }

        double rank = q * (sorted.Length - 1.0);
        double lower = Math.Max(0, Math.Floor(rank));
        double upper = Math.Min(sorted.Length - 1.0, lower + 1);
        double weight = rank - Math.Floor(rank);
        return (sorted[(int)lower] * (1 - weight)) + (sorted[(int)upper] * weight);
    }

    /// <summary>Sorts the values in place and takes their quantile.</summary>
    public static double Of(double q, Span<double> values)
    {
        values.Sort();
        return OfSorted(q, values);
    }
}
