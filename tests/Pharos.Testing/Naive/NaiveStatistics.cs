namespace Pharos.Testing.Naive;

/// <summary>Many values, one value: what aggregations and functions over time share. There is at least one value.</summary>
internal static class NaiveStatistics
{
    public static double Min(IReadOnlyList<double> values) => values.Where(static v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Min();

    public static double Max(IReadOnlyList<double> values) => values.Where(static v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Max();

    public static double Variance(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / values.Count;
    }

    /// <summary>The median of the distances from the median; NaN if any value is.</summary>
    public static double MedianDistance(IReadOnlyList<double> values)
    {
        if (values.Any(double.IsNaN))
        {
            return double.NaN;
        }

        double median = Quantile(0.5, values);
        return Quantile(0.5, [.. values.Select(v => Math.Abs(v - median))]);
    }

    /// <summary>NaN is below everything; between two neighbours the quantile lies on the line.</summary>
    public static double Quantile(double q, IReadOnlyList<double> values)
    {
        if (double.IsNaN(q))
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

        double[] sorted = [.. values.Order()];
        double rank = q * (sorted.Length - 1);
        int below = (int)Math.Floor(rank);
        int above = Math.Min(sorted.Length - 1, below + 1);
        double weight = rank - below;
        if (weight is not 0 and (< Rounding.Tolerance or > 1 - Rounding.Tolerance) && !double.IsFinite(sorted[below] + sorted[above]))
        {
            throw new UndecidedException("a rank next to a whole number beside infinity");
        }

        return (sorted[below] * (1 - weight)) + (sorted[above] * weight);
    }
}
