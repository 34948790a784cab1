using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Head;

/// <summary>Decoded out-of-order samples of one series, first in the order in which they came, then by time. Reused; not thread-safe.</summary>
internal sealed unsafe class OutOfOrderSamples
{
    // What the decoder may write beyond, and more than a chunk of this part of the head has.
    private const int ChunkRoom = 64;

    private int[] _order = [];
    private long[] _sortedTimes = [];
    private ulong[] _sortedValues = [];
    private NativeHistogram[] _histograms = [];

    /// <summary>Room for so many samples at first; it grows.</summary>
    public OutOfOrderSamples(int capacity = 64)
    {
        Times = new long[capacity];
        Values = new ulong[capacity];
    }

    public int Count { get; private set; }

    /// <summary>Milliseconds. Valid up to <see cref="Count"/>, until the next member is called.</summary>
    public long[] Times { get; private set; }

    /// <summary>Values as bits.</summary>
    public ulong[] Values { get; private set; }

    public void Clear()
    {
        Count = 0;
        if (_histograms.Length > 0)
        {
            _histograms = [];
        }
    }

    /// <summary>The histogram at a place; none where the sample is a number.</summary>
    public NativeHistogram HistogramAt(int index) => index < _histograms.Length ? _histograms[index] : default;

    public void Add(long time, ulong value)
    {
        if (Count == Times.Length)
        {
            Resize(Count * 2);
        }

        Times[Count] = time;
        Values[Count] = value;
        Count++;
    }

    /// <summary>Adds a histogram; its value is its sum.</summary>
    public void Add(long time, NativeHistogram histogram)
    {
        Add(time, BitConverter.DoubleToUInt64Bits(histogram.Sum));
        if (_histograms.Length < Times.Length)
        {
            Array.Resize(ref _histograms, Times.Length);
        }

        _histograms[Count - 1] = histogram;
    }

    /// <summary>Adds the samples of a chunk in the range, the newest first.</summary>
    public void AddBackwards(in ChunkView chunk, long minTime, long maxTime)
    {
        if (chunk.Encoding != ChunkEncoding.Xor)
        {
            AddHistogram(chunk);
            return;
        }

        long* times = stackalloc long[ChunkRoom];
        double* values = stackalloc double[ChunkRoom];
        int count = chunk.Count;
        if (count > OutOfOrderStore.MaxOpen || !XorDecoder.TryDecode(chunk.Data + ChunkView.MinLength, chunk.Length - ChunkView.MinLength, count, times, values))
        {
            throw Undecodable();
        }

        for (int i = count - 1; i >= 0; i--)
        {
            if (times[i] >= minTime && times[i] <= maxTime)
            {
                Add(times[i], BitConverter.DoubleToUInt64Bits(values[i]));
            }
        }
    }

    /// <summary>Turns the samples from a place on round.</summary>
    public void Reverse(int first)
    {
        Array.Reverse(Times, first, Count - first);
        Array.Reverse(Values, first, Count - first);
        if (_histograms.Length > 0)
        {
            Array.Resize(ref _histograms, Times.Length);
            Array.Reverse(_histograms, first, Count - first);
        }
    }

    /// <summary>Sorts by time; of several samples of one time the first that came stays.</summary>
    public void Sort()
    {
        if (IsSorted())
        {
            return;
        }

        if (_order.Length < Count)
        {
            _order = new int[Times.Length];
            _sortedTimes = new long[Times.Length];
            _sortedValues = new ulong[Times.Length];
        }

        for (int i = 0; i < Count; i++)
        {
            _order[i] = i;
        }

        long[] times = Times;
        _order.AsSpan(0, Count).Sort((a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        var histograms = new NativeHistogram[_histograms.Length > 0 ? Times.Length : 0];
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            int from = _order[i];
            if (kept == 0 || _sortedTimes[kept - 1] != times[from])
            {
                _sortedTimes[kept] = times[from];
                _sortedValues[kept] = Values[from];
                if (histograms.Length > 0)
                {
                    histograms[kept] = HistogramAt(from);
                }

                kept++;
            }
        }

        (Times, _sortedTimes) = (_sortedTimes, Times);
        (Values, _sortedValues) = (_sortedValues, Values);
        _histograms = histograms;
        Count = kept;
    }

    private bool IsSorted()
    {
        for (int i = 1; i < Count; i++)
        {
            if (Times[i] <= Times[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static StorageUnavailableException Undecodable() => new("a chunk in memory does not decode: the store was closed, or memory is damaged");

    // They are chunks of one.
    private void AddHistogram(in ChunkView chunk)
    {
        var reader = new HistogramChunkReader(chunk.Bytes, chunk.Encoding);
        try
        {
            if (!reader.MoveNext())
            {
                throw Undecodable();
            }

            Add(reader.Time, reader.ToNative());
        }
        finally
        {
            reader.Dispose();
        }
    }

    private void Resize(int size)
    {
        long[] times = Times;
        ulong[] values = Values;
        Array.Resize(ref times, size);
        Array.Resize(ref values, size);
        Times = times;
        Values = values;
    }
}
