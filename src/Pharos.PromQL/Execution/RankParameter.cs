using System.Globalization;

namespace Pharos.PromQL.Execution;

/// <summary>The number of rows that <c>topk</c>, <c>bottomk</c> and <c>limitk</c> keep, by step.</summary>
internal static class RankParameter
{
    /// <summary>The parameter of each step, cut to whole numbers, at most <paramref name="rows"/>; null when no step keeps anything.</summary>
    public static int[]? Check(ReadOnlySpan<double> values, int rows)
    {
        double least = double.MaxValue;
        double greatest = double.MinValue;
        bool hasNaN = false;
        foreach (double value in values)
        {
            hasNaN |= double.IsNaN(value);
            least = Functions.Elementwise.Min(least, value);
            greatest = Functions.Elementwise.Max(greatest, value);
        }

        if (greatest < 1)
        {
            return null;
        }

        if (hasNaN)
        {
            throw QueryException.Execution("Parameter value is NaN");
        }

        if (least <= long.MinValue)
        {
            throw QueryException.Execution(string.Create(CultureInfo.InvariantCulture, $"Scalar value {AnnotationText.Number(least)} underflows int64"));
        }

        if (greatest >= 9223372036854774784)
        {
            throw QueryException.Execution(string.Create(CultureInfo.InvariantCulture, $"Scalar value {AnnotationText.Number(greatest)} overflows int64"));
        }

        int[] result = new int[values.Length];
        for (int s = 0; s < values.Length; s++)
        {
            result[s] = (int)Math.Clamp((long)values[s], 0, rows);
        }

        return result;
    }
}
