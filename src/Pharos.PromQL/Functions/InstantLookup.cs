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
        if (windows.Stride == 1 && windows.Largest > 0)
        {
            values.Slice(end[0] - 1, output.Steps).CopyTo(output.Values);
        }
        else
        {
            for (int s = 0; s < output.Steps; s++)
            {
                if (end[s] > first[s])
                {
                    output.Values[s] = values[end[s] - 1];
                }
            }
        }

        if (hasMarkers)
        {
            RemoveStale(windows, values, output);
        }
    }

    /// <summary>Picks the samples' own times, in seconds.</summary>
    public static void Times(WindowBounds windows, ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, bool hasMarkers, RowSpan output)
    {
        windows.AtLeastOne.CopyTo(output.Present);
        for (int s = 0; s < output.Steps; s++)
        {
            if (windows.End[s] > windows.First[s])
            {
                output.Values[s] = timestamps[windows.End[s] - 1] / 1000.0;
            }
        }

        if (hasMarkers)
        {
            RemoveStale(windows, values, output);
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
