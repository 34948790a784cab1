using Pharos.Core.Contracts;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Head;

/// <summary>Decoded out-of-order samples of one series, first in the order in which they came, then by time. Reused; not thread-safe.</summary>
internal sealed unsafe class OutOfOrderSamples
{
    // What the decoder may write beyond, and more than a chunk of this part of the head has.
    private const int ChunkRoom = 64;

    private int[] _order = [];

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

    public void Clear() => Count = 0;

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

    /// <summary>Adds the samples of a chunk in the range, the newest first.</summary>
    public void AddBackwards(in ChunkView chunk, long minTime, long maxTime)
    {
        long* times = stackalloc long[ChunkRoom];
        double* values = stackalloc double[ChunkRoom];
        int count = chunk.Count;
        if (count > OutOfOrderStore.MaxOpen || !XorDecoder.TryDecode(chunk.Data + ChunkView.MinLength, chunk.Length - ChunkView.MinLength, count, times, values))
        {
            throw new StorageUnavailableException("a chunk in memory does not decode: the store was closed, or memory is damaged");
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
    }

    /// <summary>Sorts by time; of several samples of one time the first that came stays.</summary>
    public void Sort()
    {
        if (_order.Length < Count)
        {
            _order = new int[Times.Length];
        }

        for (int i = 0; i < Count; i++)
        {
            _order[i] = i;
        }

        long[] times = Times;
        _order.AsSpan(0, Count).Sort((a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        var sortedTimes = new long[Times.Length];
        var sortedValues = new ulong[Times.Length];
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            long time = Times[_order[i]];
            if (kept == 0 || sortedTimes[kept - 1] != time)
            {
                sortedTimes[kept] = time;
                sortedValues[kept++] = Values[_order[i]];
            }
        }

        Times = sortedTimes;
        Values = sortedValues;
        Count = kept;
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
