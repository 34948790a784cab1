namespace Pharos.PromQL.Functions;

/// <summary>
/// How a difference between the first and last sample of a window becomes one over its range, in upstream's order of operations: to the range's ends where
/// samples come near to them, otherwise half way to the next sample, and never to where a counter would have been negative.
/// </summary>
internal static class Extrapolation
{
    /// <summary>The factor for a difference; with <paramref name="isRate"/> it makes it one a second.</summary>
    /// <param name="window">Two samples or more; or one, if the counter began within the range.</param>
    /// <param name="isCounter">Whether values cannot be negative, and begin with 0 where a start timestamp says so.</param>
    /// <param name="isRate">Whether to divide by the range in seconds.</param>
    /// <param name="first">The first value, or how many observations it has.</param>
    /// <param name="difference">The difference, or how many observations it has.</param>
    public static double Factor(in HistogramWindow window, bool isCounter, bool isRate, double first, double difference)
    {
        double interval = (window.Timestamps[^1] - window.Timestamps[0]) / 1000.0;
        double average = window.Length > 1 ? interval / (window.Length - 1) : 0;
        double threshold = average * 1.1;
        double toStart = (window.Timestamps[0] - window.RangeStart) / 1000.0;
        double toEnd = (window.RangeEnd - window.Timestamps[^1]) / 1000.0;
        if (isCounter && window.StartsWithin)
        {
            // The counter was 0 at its start, which is better than guessing to the left.
            toStart = 0;
            interval = (window.Timestamps[^1] - window.StartTimestamps[0]) / 1000.0;
        }
        else
        {
            toStart = toStart >= threshold ? average / 2 : toStart;
            double toZero = isCounter && difference > 0 && first >= 0 ? interval * (first / difference) : toStart;
            toStart = toZero < toStart ? toZero : toStart;
        }

        toEnd = toEnd >= threshold ? average / 2 : toEnd;
        double factor = interval != 0 ? (interval + toStart + toEnd) / interval : 1;
        return isRate ? factor / window.RangeSeconds : factor;
    }
}
