using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Reading;

/// <summary>One series as another store gave it. Filled first, then <see cref="Complete"/>, then read from any thread.</summary>
internal sealed class RemoteSeries
{
    private readonly List<Entry> _entries = [];
    private bool _isSorted = true;

    public RemoteSeries(Labels labels)
    {
        Labels = labels;
    }

    public Labels Labels { get; }

    public int Count => _entries.Count;

    public bool HasHistograms { get; private set; }

    /// <summary>Adds what a buffer holds in [minTime, maxTime].</summary>
    public void Add(SampleBuffer samples, long minTime, long maxTime)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            long time = samples.Timestamps[i];
            if (time < minTime || time > maxTime)
            {
                continue;
            }

            FloatHistogram? histogram = samples.HasHistograms ? samples.Histograms[i] : null;
            HasHistograms |= histogram is not null;
            _isSorted &= _entries.Count == 0 || time > _entries[^1].Time;
            _entries.Add(new Entry(time, samples.Values[i], histogram));
        }
    }

    /// <summary>Puts the samples in order; of those at one time the first stays, a number before a histogram.</summary>
    public void Complete()
    {
        if (_isSorted)
        {
            return;
        }

        Entry[] sorted = [.. _entries.OrderBy(static e => e.Time).ThenBy(static e => e.Histogram is not null)];
        _entries.Clear();
        foreach (Entry entry in sorted)
        {
            if (_entries.Count == 0 || _entries[^1].Time < entry.Time)
            {
                _entries.Add(entry);
            }
        }

        _isSorted = true;
    }

    /// <summary>As <see cref="Core.Contracts.ISeriesSet.Read"/>.</summary>
    public void Read(long minTime, long maxTime, SampleBuffer buffer)
    {
        buffer.Clear();
        for (int i = IndexAtOrAfter(minTime); i < _entries.Count && _entries[i].Time <= maxTime; i++)
        {
            if (_entries[i].Histogram is { } histogram)
            {
                buffer.Add(_entries[i].Time, histogram);
            }
            else
            {
                buffer.Add(_entries[i].Time, _entries[i].Value);
            }
        }
    }

    /// <summary>As <see cref="Core.Contracts.ISeriesSet.TryReadLast"/>.</summary>
    public bool TryReadLast(long minTime, long maxTime, out Sample sample)
    {
        int last = (maxTime == long.MaxValue ? _entries.Count : IndexAtOrAfter(maxTime + 1)) - 1;
        bool found = last >= 0 && _entries[last].Time >= minTime;
        sample = found ? new Sample(_entries[last].Time, _entries[last].Value) : default;
        return found;
    }

    private int IndexAtOrAfter(long time)
    {
        int low = 0;
        int high = _entries.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = _entries[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Entry(long Time, double Value, FloatHistogram? Histogram);
}
