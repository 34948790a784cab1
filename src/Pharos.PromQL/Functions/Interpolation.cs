namespace Pharos.PromQL.Functions;

/// <summary>Values between samples, for <c>anchored</c> and <c>smoothed</c> selectors.</summary>
internal static class Interpolation
{
    /// <summary>The value at a time between two samples; a counter that fell is taken to have started again from 0.</summary>
    public static double Between(long t1, double v1, long t2, double v2, long time, bool isCounter)
    {
        double from = isCounter && v2 < v1 ? 0 : v1;
        return from + ((v2 - from) * (time - t1) / (t2 - t1));
    }

    /// <summary>How many of the first <paramref name="count"/> timestamps come before those above <paramref name="time"/>.</summary>
    public static int CountUpTo(ReadOnlySpan<long> timestamps, int count, long time)
    {
        int at = 0;
        while (at < count && timestamps[at] <= time)
        {
            at++;
        }

        return at;
    }

    /// <summary>
    /// The samples of a range selector with <c>anchored</c> or <c>smoothed</c> shown by itself: those inside and one at either end of the range.
    /// Empty when the last sample is at or before the start.
    /// </summary>
    public static void Extend(
        ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, long start, long end, bool smoothed, List<long> times, List<double> result)
    {
        int last = timestamps.Length - 1;
        if (last < 0 || timestamps[last] <= start)
        {
            return;
        }

        int first = Math.Max(0, CountUpTo(timestamps, last, start) - 1);
        if (smoothed)
        {
            last = CountUpTo(timestamps, last, end - 1);
        }

        if (timestamps[last] <= start)
        {
            return;
        }

        double left = Left(timestamps, values, first, start, smoothed, isCounter: false);
        double right = Right(timestamps, values, last, end, smoothed, isCounter: false);
        first += timestamps[first] <= start ? 1 : 0;
        last -= timestamps[last] >= end ? 1 : 0;
        times.Add(start);
        result.Add(left);
        for (int i = first; i <= last; i++)
        {
            times.Add(timestamps[i]);
            result.Add(values[i]);
        }

        times.Add(end);
        result.Add(right);
    }

    /// <summary>The value at the left end of a range whose first relevant sample is <paramref name="first"/>.</summary>
    public static double Left(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, int first, long start, bool smoothed, bool isCounter) =>
        smoothed && timestamps[first] < start
            ? Between(timestamps[first], values[first], timestamps[first + 1], values[first + 1], start, isCounter)
            : values[first];

    /// <summary>The value at the right end of a range whose last relevant sample is <paramref name="last"/>.</summary>
    public static double Right(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, int last, long end, bool smoothed, bool isCounter) =>
        smoothed && last > 0 && timestamps[last] > end
            ? Between(timestamps[last - 1], values[last - 1], timestamps[last], values[last], end, isCounter)
            : values[last];
}
