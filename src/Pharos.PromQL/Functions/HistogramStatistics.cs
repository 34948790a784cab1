using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary>Samples whose histograms have count and sum alone, for queries that look at nothing else.</summary>
internal static class HistogramStatistics
{
    /// <summary>
    /// Drops the buckets. Counter resets, which cannot be found without them later, are found here: each histogram that had another before it then has a
    /// hint that says so, as upstream's own reader of statistics gives.
    /// </summary>
    public static void DropBuckets(SampleBuffer samples)
    {
        FloatHistogram? last = null;
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples.Histograms[i] is not { } histogram)
            {
                continue;
            }

            if (Staleness.IsMarker(histogram.Sum))
            {
                samples.SetHistogram(i, Bare(histogram, histogram.CounterResetHint));
                continue;
            }

            CounterResetHint hint = HintOf(histogram, last);
            samples.SetHistogram(i, Bare(histogram, hint));
            last = histogram;
        }
    }

    private static CounterResetHint HintOf(FloatHistogram histogram, FloatHistogram? last)
    {
        if (histogram.CounterResetHint != CounterResetHint.Unknown || last is null)
        {
            return histogram.CounterResetHint;
        }

        return histogram.DetectReset(last) ? CounterResetHint.Reset : CounterResetHint.NotReset;
    }

    private static FloatHistogram Bare(FloatHistogram histogram, CounterResetHint hint) => new()
    {
        CounterResetHint = hint,
        Schema = histogram.Schema,
        Count = histogram.Count,
        Sum = histogram.Sum,
    };
}
