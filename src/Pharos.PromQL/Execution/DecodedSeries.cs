using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>
/// The samples of the series that a worker read last. Rows are mostly asked for in order: then some are read ahead, since a store decodes several series at once at
/// less than their sum. Owned by that worker.
/// </summary>
internal sealed class DecodedSeries
{
    // What a store decodes at once; and the samples of a series up to which as many stay in a core's cache.
    private const int ReadAhead = 8;
    private const int MaxSamplesAhead = 8192;

    private readonly List<SampleBuffer> _buffers = [];
    private LastSamples? _last;
    private SampleBuffer? _clean;
    private int _first;
    private int _count;
    private int _row = -1;
    private bool _isClean;

    /// <summary>For readers of newest samples alone.</summary>
    public LastSamples Last => _last ??= new LastSamples();

    /// <summary>All samples, staleness markers included.</summary>
    public SampleBuffer All => _buffers[_row - _first];

    /// <summary>Some sample is a staleness marker.</summary>
    public bool HasMarkers { get; private set; }

    /// <summary>The samples without staleness markers.</summary>
    public SampleBuffer Clean
    {
        get
        {
            if (!HasMarkers)
            {
                return All;
            }

            _clean ??= new SampleBuffer();
            if (!_isClean)
            {
                CopyWithoutMarkers(All, _clean);
                _isClean = true;
            }

            return _clean;
        }
    }

    /// <summary>
    /// Reads a series unless it was the last one read, without the buckets of histograms if only statistics are wanted. Returns how many samples it has.
    /// </summary>
    public int Read(ISeriesSet set, int row, long minTime, long maxTime, bool wantsStatistics)
    {
        if (_row == row)
        {
            return 0;
        }

        int before = _row;
        _row = -1;
        if (row < _first || row >= _first + _count)
        {
            bool isNext = before >= 0 && row == before + 1;
            ReadFrom(set, row, isNext && _buffers[0].Count <= MaxSamplesAhead && !set.HasMoreThanNumbers ? ReadAhead : 1, minTime, maxTime);
        }

        _row = row;
        _isClean = false;
        if (wantsStatistics && All.HasHistograms)
        {
            HistogramStatistics.DropBuckets(All);
        }

        // Markers are one bit pattern among NaNs: searched as integers, eight a step.
        HasMarkers = MemoryMarshal.Cast<double, ulong>(All.Values).Contains(Staleness.MarkerBits);
        return All.Count;
    }

    /// <summary>Gives the memory back; nothing may be called afterwards.</summary>
    public void Release()
    {
        foreach (SampleBuffer buffer in _buffers)
        {
            SampleBufferPool.Return(buffer);
        }

        _buffers.Clear();
        _row = -1;
        _count = 0;
    }

    private void ReadFrom(ISeriesSet set, int row, int wanted, long minTime, long maxTime)
    {
        int count = Math.Min(wanted, set.Count - row);
        while (_buffers.Count < count)
        {
            _buffers.Add(SampleBufferPool.Rent());
        }

        _count = 0;
        if (count == 1)
        {
            set.Read(row, minTime, maxTime, _buffers[0]);
        }
        else
        {
            set.ReadSeveral(row, minTime, maxTime, CollectionsMarshal.AsSpan(_buffers)[..count]);
        }

        _first = row;
        _count = count;
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
