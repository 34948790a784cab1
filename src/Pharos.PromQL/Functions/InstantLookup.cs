using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary>
/// The value of a vector selector at every step: the newest sample in <c>(t - lookback, t]</c>, none if that is a staleness marker.
/// The samples here keep their markers. Owned by one worker.
/// </summary>
internal static class InstantLookup
{
    /// <summary>Picks values. <paramref name="windows"/> are the look-back windows over all samples, markers included.</summary>
    public static void Values(WindowBounds windows, ReadOnlySpan<double> values, bool hasMarkers, RowSpan output)
    {
        windows.AtLeastOne.CopyTo(output.Present);
        ReadOnlySpan<int> first = windows.First;
        ReadOnlySpan<int> end = windows.End;
        ReadOnlySpan<int> strides = windows.Strides;
        for (int b = 0; b < strides.Length; b++)
        {
            int s = b * 8;
            if (strides[b] == 1)
            {
                values.Slice(end[s] - 1, 8).CopyTo(output.Values[s..]);
            }
            else
            {
                Pick(first, end, values, s, s + 8, output);
            }
        }

        Pick(first, end, values, strides.Length * 8, output.Steps, output);
        if (hasMarkers)
        {
            RemoveStale(windows, values, output);
        }
    }

    /// <summary>Picks the histograms of the samples whose values were picked; <paramref name="histograms"/> is empty if there are none.</summary>
    public static void Histograms(WindowBounds windows, ReadOnlySpan<FloatHistogram?> histograms, RowSpan output)
    {
        for (int s = 0; s < output.Steps; s++)
        {
            output.Histograms[s] = histograms.IsEmpty || windows.End[s] == windows.First[s] ? null : histograms[windows.End[s] - 1];
        }
    }

    /// <summary>Picks times of the samples, their own or their start, in seconds; 0 where <paramref name="timestamps"/> is empty.</summary>
    public static void Times(WindowBounds windows, ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, bool hasMarkers, RowSpan output)
    {
        windows.AtLeastOne.CopyTo(output.Present);
        for (int s = 0; s < output.Steps; s++)
        {
            if (windows.End[s] > windows.First[s])
            {
                output.Values[s] = timestamps.IsEmpty ? 0 : timestamps[windows.End[s] - 1] / 1000.0;
            }
        }

        if (hasMarkers)
        {
            RemoveStale(windows, values, output);
        }
    }

    private static void Pick(ReadOnlySpan<int> first, ReadOnlySpan<int> end, ReadOnlySpan<double> values, int from, int to, RowSpan output)
    {
        for (int s = from; s < to; s++)
        {
            if (end[s] > first[s])
            {
                output.Values[s] = values[end[s] - 1];
            }
        }
    }

    private static void RemoveStale(WindowBounds windows, ReadOnlySpan<double> values, RowSpan output)
    {
        for (int s = 0; s < output.Steps; s++)
        {
            if (windows.End[s] > windows.First[s] && Staleness.IsMarker(values[windows.End[s] - 1]))
            {
                output.Unset(s);
            }
        }
    }
}
