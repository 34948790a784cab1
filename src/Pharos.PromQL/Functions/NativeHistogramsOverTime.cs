using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>sum_over_time</c>, <c>avg_over_time</c>, <c>changes</c> and <c>resets</c> of native histograms. Keeps arrays between calls: one for each thread.
/// </summary>
internal sealed class NativeHistogramsOverTime
{
    private readonly HistogramAccumulator _sum = new(isCompensated: true);
    private readonly HistogramMean _mean = new();

    /// <summary>The sum of a window with at least one histogram; null where floats are among them or they do not go together. Empty buckets are kept.</summary>
    public FloatHistogram? Sum(in HistogramWindow window, ref HistogramNotices notices)
    {
        if (IsMixed(window, ref notices))
        {
            return null;
        }

        _sum.Clear();
        foreach (FloatHistogram? histogram in window.Histograms)
        {
            if ((_sum.Add(histogram!) & CombinationNotices.MixedSchemas) != 0)
            {
                notices |= HistogramNotices.MixedSchemas;
                return null;
            }
        }

        notices |= NativeHistogramArithmetic.OfAggregation(_sum.Notices);
        return _sum.ToHistogram();
    }

    /// <summary>The mean; else as <see cref="Sum"/>.</summary>
    public FloatHistogram? Mean(in HistogramWindow window, ref HistogramNotices notices)
    {
        if (IsMixed(window, ref notices))
        {
            return null;
        }

        _mean.Clear();
        foreach (FloatHistogram? histogram in window.Histograms)
        {
            if ((_mean.Add(histogram!) & CombinationNotices.MixedSchemas) != 0)
            {
                notices |= HistogramNotices.MixedSchemas;
                return null;
            }
        }

        notices |= NativeHistogramArithmetic.OfAggregation(_mean.Notices);
        return _mean.ToHistogram();
    }

    /// <summary>How often a series was reset within a window; from a float to a histogram and back is a reset too.</summary>
    /// <param name="window">The samples.</param>
    /// <param name="values">The values of the samples that are floats, in the places of the window.</param>
    public static int Resets(in HistogramWindow window, ReadOnlySpan<double> values)
    {
        int resets = 0;
        for (int i = 1; i < window.Length; i++)
        {
            bool isReset = (window.Histograms[i - 1], window.Histograms[i]) switch
            {
                (null, null) => values[i] < values[i - 1] || window.IsStartReset(i),
                (not null, not null) => window.IsReset(i),
                _ => true,
            };
            resets += isReset ? 1 : 0;
        }

        return resets;
    }

    /// <summary>How often a series became another value within a window; parameters as of <see cref="Resets"/>.</summary>
    public static int Changes(in HistogramWindow window, ReadOnlySpan<double> values)
    {
        int changes = 0;
        for (int i = 1; i < window.Length; i++)
        {
            bool isChange = (window.Histograms[i - 1], window.Histograms[i]) switch
            {
                (null, null) => values[i] != values[i - 1] && !(double.IsNaN(values[i]) && double.IsNaN(values[i - 1])),
                (FloatHistogram before, FloatHistogram now) => !now.ContentEquals(before),
                _ => true,
            };
            changes += isChange ? 1 : 0;
        }

        return changes;
    }

    private static bool IsMixed(in HistogramWindow window, ref HistogramNotices notices)
    {
        bool isMixed = window.IsMixed;
        notices |= isMixed ? HistogramNotices.MixedFloatsAndHistograms : 0;
        return isMixed;
    }
}
