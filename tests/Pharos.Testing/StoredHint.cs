using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>
/// The counter-reset hint that a histogram has when it is read back from upstream's store, which keeps histograms in chunks without resets: only the first
/// of a chunk says nothing.
/// </summary>
internal static class StoredHint
{
    /// <summary>The hint of a histogram behind another sample of its series; null if that is none or a number.</summary>
    public static CounterResetHint Of(FloatHistogram histogram, FloatHistogram? before)
    {
        if (histogram.CounterResetHint == CounterResetHint.Gauge)
        {
            return CounterResetHint.Gauge;
        }

        return before is not null && Continues(histogram, before) ? CounterResetHint.NotReset : CounterResetHint.Unknown;
    }

    private static bool Continues(FloatHistogram histogram, FloatHistogram before)
    {
        if (before.CounterResetHint == CounterResetHint.Gauge || histogram.CounterResetHint == CounterResetHint.Reset)
        {
            return false;
        }

        if (Staleness.IsMarker(histogram.Sum) || Staleness.IsMarker(before.Sum))
        {
            return Staleness.IsMarker(histogram.Sum);
        }

        return histogram.Schema == before.Schema
            && histogram.ZeroThreshold == before.ZeroThreshold
            && histogram.CustomValues.AsSpan().SequenceEqual(before.CustomValues.AsSpan())
            && !histogram.WithHint(CounterResetHint.Unknown).DetectReset(before);
    }
}
