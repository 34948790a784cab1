namespace Pharos.Instrumentation;

/// <summary>Upper bounds of buckets that are often wanted.</summary>
public static class HistogramBuckets
{
    /// <summary>
    /// Durations of requests in seconds, from 5 ms to 10 s. A quantile is interpolated between two bounds, so the usual limits of 1 s and 2 s are bounds themselves.
    /// </summary>
    public static IReadOnlyList<double> RequestSeconds { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10];

    /// <summary>Copies and checks.</summary>
    /// <exception cref="ArgumentException">There is none, or they do not ascend, or one is not finite.</exception>
    internal static double[] Check(IReadOnlyList<double> bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        double[] copy = [.. bounds];
        for (int i = 0; i < copy.Length; i++)
        {
            if (!double.IsFinite(copy[i]) || (i > 0 && copy[i] <= copy[i - 1]))
            {
                throw new ArgumentException($"bucket bounds are finite and ascend; number {i + 1} is {copy[i]}", nameof(bounds));
            }
        }

        return copy.Length > 0 ? copy : throw new ArgumentException("a histogram needs at least one bucket bound", nameof(bounds));
    }
}
