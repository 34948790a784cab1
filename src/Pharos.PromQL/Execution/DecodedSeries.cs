using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Execution;

/// <summary>The samples of the series that a worker read last. Owned by that worker.</summary>
internal sealed class DecodedSeries
{
    private readonly SampleBuffer _all = new();
    private SampleBuffer? _clean;
    private int _row = -1;
    private bool _isClean;

    /// <summary>All samples, staleness markers included.</summary>
    public SampleBuffer All => _all;

    /// <summary>Some sample is a staleness marker.</summary>
    public bool HasMarkers { get; private set; }

    /// <summary>The samples without staleness markers.</summary>
    public SampleBuffer Clean
    {
        get
        {
            if (!HasMarkers)
            {
                return _all;
            }

            _clean ??= new SampleBuffer();
            if (!_isClean)
            {
                CopyWithoutMarkers(_all, _clean);
                _isClean = true;
            }

            return _clean;
        }
    }

    /// <summary>Reads a series unless it was the last one read. Returns how many samples were decoded.</summary>
    public int Read(ISeriesSet set, int row, long minTime, long maxTime)
    {
        if (_row == row)
        {
            return 0;
        }

        _row = -1;
        set.Read(row, minTime, maxTime, _all);
        _row = row;
        _isClean = false;

        // Markers are one bit pattern among NaNs: searched as integers, eight a step.
        HasMarkers = MemoryMarshal.Cast<double, ulong>(_all.Values).Contains(Staleness.MarkerBits);
        return _all.Count;
    }

    private static void CopyWithoutMarkers(SampleBuffer from, SampleBuffer to)
    {
        to.Clear();
        to.EnsureCapacity(from.Count);
        ReadOnlySpan<FloatHistogram?> histograms = from.Histograms;
        ReadOnlySpan<long> startTimestamps = from.StartTimestamps;
        int count = 0;
        for (int i = 0; i < from.Count; i++)
        {
            if (!Staleness.IsMarker(from.ValueArray[i]))
            {
                to.TimestampArray[count] = from.TimestampArray[i];
                to.ValueArray[count] = from.ValueArray[i];
                to.SetHistogram(count, histograms.IsEmpty ? null : histograms[i]);
                to.SetStartTimestamp(count, startTimestamps.IsEmpty ? 0 : startTimestamps[i]);
                count++;
            }
        }

        to.Count = count;
    }
}
