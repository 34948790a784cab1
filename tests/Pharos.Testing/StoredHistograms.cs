using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>
/// The hints with which Prometheus gives back the histograms of one series that it stored: within a chunk nothing was reset; a chunk begins where
/// something was, where layouts change and after a staleness marker.
/// </summary>
public sealed class StoredHistograms
{
    private FloatHistogram? _previous;
    private bool _isGauge;

    /// <summary>A number came between: the next histogram begins a chunk.</summary>
    public void AddNumber() => _previous = null;

    /// <summary>The histogram as it is read back.</summary>
    public FloatHistogram Add(FloatHistogram histogram)
    {
        FloatHistogram? previous = _isGauge ? null : _previous;
        _isGauge = histogram.CounterResetHint == CounterResetHint.Gauge;
        _previous = histogram;
        return _isGauge ? histogram : histogram.WithHint(HintOf(histogram, previous));
    }

    private static CounterResetHint HintOf(FloatHistogram histogram, FloatHistogram? previous)
    {
        // The first histogram of a chunk is not told to follow a reset even where it does: the chunk before might be gone.
        bool begins = previous is null
            || histogram.CounterResetHint == CounterResetHint.Reset
            || (!Staleness.IsMarker(histogram.Sum)
                && (Staleness.IsMarker(previous.Sum)
                    || histogram.Schema != previous.Schema
                    || histogram.ZeroThreshold != previous.ZeroThreshold
                    || !histogram.CustomValues.AsSpan().SequenceEqual(previous.CustomValues.AsSpan())
                    || histogram.WithHint(CounterResetHint.Unknown).DetectReset(previous)));
        return begins ? CounterResetHint.Unknown : CounterResetHint.NotReset;
    }
}
