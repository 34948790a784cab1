using Pharos.Core.Samples;

namespace Pharos.Testing.Naive;

/// <summary>Functions of the samples of a window; null where they answer nothing.</summary>
internal static class NaiveRangeFunctions
{
    /// <param name="name">The function.</param>
    /// <param name="samples">At least one.</param>
    /// <param name="window">Where the samples lie.</param>
    /// <param name="time">The step, milliseconds.</param>
    /// <param name="parameters">The scalars among the arguments.</param>
    public static double? Apply(string name, List<Sample> samples, Window window, long time, double[] parameters)
    {
        double[] values = [.. samples.Select(static s => s.Value)];
        return name switch
        {
            "rate" => Extrapolated(samples, window, isCounter: true) * 1000 / (window.End - window.Start),
            "increase" => Extrapolated(samples, window, isCounter: true),
            "delta" => Extrapolated(samples, window, isCounter: false),
            "irate" => LastTwo(samples, isRate: true),
            "idelta" => LastTwo(samples, isRate: false),
            "sum_over_time" => values.Sum(),
            "avg_over_time" => values.Average(),
            "min_over_time" => NaiveStatistics.Min(values),
            "max_over_time" => NaiveStatistics.Max(values),
            "count_over_time" => values.Length,
            "last_over_time" => values[^1],
            "first_over_time" => values[0],
            "present_over_time" => 1,
            "ts_of_first_over_time" => samples[0].Timestamp / 1000.0,
            "ts_of_last_over_time" => samples[^1].Timestamp / 1000.0,
            "ts_of_max_over_time" => TimeOf(samples, NaiveStatistics.Max(values)),
            "ts_of_min_over_time" => TimeOf(samples, NaiveStatistics.Min(values)),
            "mad_over_time" => NaiveStatistics.MedianDistance(values),
            "double_exponential_smoothing" => Smoothed(values, parameters[0], parameters[1]),
            "stddev_over_time" => Math.Sqrt(NaiveStatistics.Variance(values)),
            "stdvar_over_time" => NaiveStatistics.Variance(values),
            "quantile_over_time" => NaiveStatistics.Quantile(parameters[0], values),
            "changes" => Pairs(values).Count(static p => IsChange(p.Before, p.After)),
            "resets" => Pairs(values).Count(static p => IsReset(p.Before, p.After)),
            "deriv" => Line(samples, samples[0].Timestamp)?.Slope,
            "predict_linear" => Line(samples, time) is (double slope, double atTime) ? atTime + (slope * parameters[0]) : null,
            _ => throw new ArgumentException($"no function over time: {name}", nameof(name)),
        };
    }

    /// <summary>When a value stood last; of nothing but NaN, the last time.</summary>
    private static double TimeOf(List<Sample> samples, double value)
    {
        foreach (Sample sample in samples)
        {
            Rounding.MustDecide(sample.Value, value);
        }

        return samples.FindLast(s => s.Value.Equals(value) || s.Value == value).Timestamp / 1000.0;
    }

    /// <summary>Holt's double exponential smoothing: a level and a trend, the first of each from the first two samples.</summary>
    private static double? Smoothed(double[] values, double smoothing, double trendFactor)
    {
        if (values.Length < 2)
        {
            return null;
        }

        double level = values[0];
        double trend = values[1] - values[0];
        for (int i = 1; i < values.Length; i++)
        {
            double before = level;
            level = (smoothing * values[i]) + ((1 - smoothing) * (level + trend));
            trend = (trendFactor * (level - before)) + ((1 - trendFactor) * trend);
        }

        return level;
    }

    private static IEnumerable<(double Before, double After)> Pairs(double[] values) => values.Zip(values.Skip(1));

    private static bool IsChange(double before, double after)
    {
        Rounding.MustDecide(before, after);
        return !before.Equals(after);
    }

    private static bool IsReset(double before, double after)
    {
        Rounding.MustDecide(before, after);
        return after < before;
    }

    /// <summary>
    /// The growth between first and last sample, stretched to the edges of the window, or by half a distance of samples where the edge is
    /// further than 1.1 of it. A counter does not stretch to before it was zero.
    /// </summary>
    private static double? Extrapolated(List<Sample> samples, Window window, bool isCounter)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        double growth = samples[^1].Value - samples[0].Value;
        if (isCounter)
        {
            growth += Pairs([.. samples.Select(static s => s.Value)]).Where(static p => IsReset(p.Before, p.After)).Sum(static p => p.Before);
        }

        double sampled = (samples[^1].Timestamp - samples[0].Timestamp) / 1000.0;
        double distance = sampled / (samples.Count - 1);
        double toStart = (samples[0].Timestamp - window.Start) / 1000.0;
        double toEnd = (window.End - samples[^1].Timestamp) / 1000.0;
        Rounding.MustDecide(toStart, distance * 1.1);
        Rounding.MustDecide(toEnd, distance * 1.1);
        toStart = toStart >= distance * 1.1 ? distance / 2 : toStart;
        toEnd = toEnd >= distance * 1.1 ? distance / 2 : toEnd;
        if (isCounter && growth > 0 && samples[0].Value >= 0)
        {
            double toZero = sampled * (samples[0].Value / growth);
            toStart = toZero < toStart ? toZero : toStart;
        }

        return growth * (sampled + toStart + toEnd) / sampled;
    }

    private static double? LastTwo(List<Sample> samples, bool isRate)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        Sample before = samples[^2], last = samples[^1];
        if (!isRate)
        {
            return last.Value - before.Value;
        }

        double growth = IsReset(before.Value, last.Value) ? last.Value : last.Value - before.Value;
        return growth * 1000 / (last.Timestamp - before.Timestamp);
    }

    /// <summary>Least squares; the second is the value at <paramref name="time"/>. What never changes has no slope.</summary>
    private static (double Slope, double AtTime)? Line(List<Sample> samples, long time)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        if (samples.TrueForAll(s => s.Value == samples[0].Value))
        {
            return double.IsInfinity(samples[0].Value) ? (double.NaN, double.NaN) : (0, samples[0].Value);
        }

        int n = samples.Count;
        double[] x = [.. samples.Select(s => (s.Timestamp - time) / 1000.0)];
        double[] y = [.. samples.Select(static s => s.Value)];
        double covariance = x.Zip(y, static (a, b) => a * b).Sum() - (x.Sum() * y.Sum() / n);
        double slope = covariance / (x.Sum(static a => a * a) - (x.Sum() * x.Sum() / n));
        return (slope, (y.Sum() / n) - (slope * x.Sum() / n));
    }
}
