using System.Runtime.InteropServices;
using Pharos.Core.Histograms;
using Pharos.Storage.Chunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Head;

/// <summary>
/// Samples that came out of order, by series, outside the collected heap. Per series an open set of at most <see cref="MaxOpen"/> samples in the order in which they came;
/// a full one is sorted and encoded. One writer at a time (the commit lock, and inside the gate); a reader copies lines inside the gate.
/// </summary>
/// <remarks>
/// Everything is added to and nothing changed, so that a copied line stays what it was: samples stand in blocks of three and the number of the block before; blocks of a set
/// that was closed are freed when nobody can read them any more. Chunks live as long as the store, which is given up as a whole once blocks were written of it.
/// Pointers: lines and slots over reserved regions, indexed by what <see cref="Find"/> checked; a sample's place in its block is below three.
/// </remarks>
internal sealed unsafe class OutOfOrderStore : IDisposable
{
    /// <summary>Samples of an open set at most, upstream's out-of-order cap.</summary>
    public const int MaxOpen = 32;

    private const int SamplesPerBlock = 3;
    private const int PreviousBlock = 7;
    private const int MaxChunkBytes = 1024; // more than XorEncoder needs for an open set
    private const long WishedBytes = 16L << 30;
    private readonly EpochRegistry _epochs;
    private readonly NativeRegion _slots;
    private readonly NativeRegion _lineRegion;
    private readonly BlockPool _blocks = new(WishedBytes);
    private readonly PagedArena _chunks = new("out-of-order chunks", WishedBytes);
    private readonly OutOfOrderSamples _closing = new(MaxOpen);
    private SingleHistogram? _histogram;
    private readonly Queue<(long Epoch, uint Block)> _retired = new();
    private readonly uint _capacity;
    private readonly uint _lineCapacity;

    /// <param name="capacity">References are below this.</param>
    /// <param name="epochs">Who reads.</param>
    public OutOfOrderStore(uint capacity, EpochRegistry epochs)
    {
        _epochs = epochs;
        _slots = new NativeRegion((long)capacity * sizeof(uint), Math.Min((long)capacity * sizeof(uint), 4096));
        _capacity = (uint)(_slots.Size / sizeof(uint));
        _lineRegion = new NativeRegion(4L << 30, 1 << 20);
        _lineCapacity = (uint)(_lineRegion.Size / OutOfOrderLine.Bytes);
    }

    /// <summary>Oldest time, milliseconds; <see cref="long.MaxValue"/> while empty.</summary>
    public long MinTime { get; private set; } = long.MaxValue;

    /// <summary>Newest time, milliseconds; <see cref="long.MinValue"/> while empty.</summary>
    public long MaxTime { get; private set; } = long.MinValue;

    /// <summary>Series that have a line. Grows only.</summary>
    public uint SeriesCount { get; private set; }

    /// <summary>Whether any sample is, or was, a native histogram.</summary>
    public bool HasHistograms => _histogram is not null;

    /// <summary>Bytes in use.</summary>
    public long HeldBytes => _blocks.HeldBytes + _chunks.HeldBytes + (SeriesCount * (long)(OutOfOrderLine.Bytes + sizeof(uint)));

    /// <summary>The lines, one after another: <see cref="SeriesCount"/> of them, in the order in which the series came.</summary>
    public OutOfOrderLine* Lines => (OutOfOrderLine*)_lineRegion.Start;

    /// <summary>Whether so many samples surely fit, and histograms of so many bytes among them.</summary>
    public bool HasRoom(int samples, long histogramBytes = 0) =>
        _blocks.Remaining > samples && _chunks.RemainingBytes > ((long)samples * MaxChunkBytes) + histogramBytes && SeriesCount + (long)samples < _lineCapacity;

    /// <summary>The line of a series; null when it has none.</summary>
    public OutOfOrderLine* Find(uint reference)
    {
        uint slot = reference < _capacity ? ((uint*)_slots.Start)[reference] : 0;
        return slot == 0 ? null : Lines + (slot - 1);
    }

    /// <summary>Adds a sample; false when the open set has one of that time, which stays.</summary>
    public bool Add(uint reference, long time, ulong value)
    {
        OutOfOrderLine* line = Find(reference);
        if (line == null)
        {
            line = AddLine(reference);
        }

        if (line->Count == MaxOpen)
        {
            Close(line);
        }

        if (HasTime(line, time))
        {
            return false;
        }

        int at = line->Count % SamplesPerBlock;
        if (at == 0)
        {
            uint block = _blocks.Allocate();
            _blocks.At(block)[PreviousBlock] = line->Block;
            line->Block = block;
        }

        ulong* sample = _blocks.At(line->Block) + (2 * at);
        sample[0] = (ulong)time;
        sample[1] = value;
        line->Count++;
        Note(line, time);
        return true;
    }

    /// <summary>Adds a histogram, as a chunk of its own; false when there is a sample of that time in the open set.</summary>
    public bool Add(uint reference, long time, NativeHistogram histogram)
    {
        OutOfOrderLine* line = Find(reference);
        if (line == null)
        {
            line = AddLine(reference);
        }

        if (HasTime(line, time))
        {
            return false;
        }

        // So that chunks stand in the order in which samples came.
        if (line->Count > 0)
        {
            Close(line);
        }

        _histogram ??= new SingleHistogram();
        int length = _histogram.Encode(time, histogram, out ChunkEncoding encoding);
        OutOfOrderChunk* chunk = AddChunk(line, time, time, length, encoding);
        _histogram.CopyTo(new Span<byte>(chunk + 1, length));
        Note(line, time);
        return true;
    }

    /// <summary>Takes the samples of a series in the range away, both ends included; returns how many. Who copied its line before sees them still.</summary>
    public int Delete(uint reference, long minTime, long maxTime)
    {
        OutOfOrderLine* line = Find(reference);
        if (line == null || line->MinTime > maxTime || line->MaxTime < minTime)
        {
            return 0;
        }

        var samples = new OutOfOrderSamples();
        Read(*line, long.MinValue, long.MaxValue, samples);
        Retire(line->Block);
        *line = new OutOfOrderLine { Reference = reference, MinTime = long.MaxValue, MaxTime = long.MinValue };
        int deleted = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples.Times[i] >= minTime && samples.Times[i] <= maxTime)
            {
                deleted++;
            }
            else if (samples.HistogramAt(i) is { IsNone: false } histogram)
            {
                Add(reference, samples.Times[i], histogram);
            }
            else
            {
                Add(reference, samples.Times[i], samples.Values[i]);
            }
        }

        return deleted;
    }

    /// <summary>
    /// Adds the samples in the range of a line or of a copy of it, as they came, chunk by chunk: a time may occur in several. From any thread while the copy's epoch is open.
    /// </summary>
    public void Read(in OutOfOrderLine line, long minTime, long maxTime, OutOfOrderSamples samples)
    {
        int first = samples.Count;
        ReadOpen(line, minTime, maxTime, samples);
        for (uint unit = line.Closed; unit != 0;)
        {
            var chunk = (OutOfOrderChunk*)_chunks.At(unit);
            if (chunk->MinTime <= maxTime && chunk->MaxTime >= minTime)
            {
                samples.AddBackwards(OutOfOrderChunk.View(chunk), minTime, maxTime);
            }

            unit = chunk->Previous;
        }

        samples.Reverse(first);
    }

    /// <summary>Frees blocks that nobody can read any more. Under the commit lock; cheap when there are none.</summary>
    public void Reclaim()
    {
        if (_retired.Count == 0)
        {
            return;
        }

        if (_retired.Peek().Epoch == _epochs.Current)
        {
            _epochs.Advance();
        }

        long oldest = _epochs.Oldest();
        while (_retired.TryPeek(out (long Epoch, uint Block) chain) && chain.Epoch < oldest)
        {
            _retired.Dequeue();
            Free(chain.Block);
        }
    }

    public void Dispose()
    {
        _histogram?.Dispose();
        _slots.ReleaseAll();
        _lineRegion.ReleaseAll();
        _blocks.Dispose();
        _chunks.Dispose();
    }

    private OutOfOrderLine* AddLine(uint reference)
    {
        OutOfOrderLine* line = Lines + SeriesCount;
        *line = new OutOfOrderLine { Reference = reference, MinTime = long.MaxValue, MaxTime = long.MinValue };
        SeriesCount++;
        ((uint*)_slots.Start)[reference] = SeriesCount;
        return line;
    }

    private bool HasTime(OutOfOrderLine* line, long time)
    {
        if (time > line->MaxTime || time < line->MinTime)
        {
            return false;
        }

        int count = line->Count;
        for (uint block = line->Block; block != 0; block = (uint)_blocks.At(block)[PreviousBlock])
        {
            ulong* samples = _blocks.At(block);
            int inBlock = ((count - 1) % SamplesPerBlock) + 1;
            for (int i = 0; i < inBlock; i++)
            {
                if (samples[2 * i] == (ulong)time)
                {
                    return true;
                }
            }

            count -= inBlock;
        }

        return false;
    }

    // Newest first; the caller turns the order round.
    private void ReadOpen(in OutOfOrderLine line, long minTime, long maxTime, OutOfOrderSamples samples)
    {
        int count = line.Count;
        for (uint block = line.Block; count > 0; block = (uint)_blocks.At(block)[PreviousBlock])
        {
            ulong* values = _blocks.At(block);
            int inBlock = ((count - 1) % SamplesPerBlock) + 1;
            for (int i = inBlock - 1; i >= 0; i--)
            {
                long time = (long)values[2 * i];
                if (time >= minTime && time <= maxTime)
                {
                    samples.Add(time, values[(2 * i) + 1]);
                }
            }

            count -= inBlock;
        }
    }

    private void Close(OutOfOrderLine* line)
    {
        _closing.Clear();
        ReadOpen(*line, long.MinValue, long.MaxValue, _closing);
        Span<long> times = _closing.Times.AsSpan(0, _closing.Count);
        Span<ulong> values = _closing.Values.AsSpan(0, _closing.Count);

        // No time occurs twice in an open set, so that the order of equal ones does not matter.
        times.Sort(values);
        byte* bytes = stackalloc byte[MaxChunkBytes];
        int length = XorEncoder.Encode(times, MemoryMarshal.Cast<ulong, double>(values), bytes);
        OutOfOrderChunk* chunk = AddChunk(line, times[0], times[^1], length, ChunkEncoding.Xor);
        new ReadOnlySpan<byte>(bytes, length).CopyTo(new Span<byte>(chunk + 1, length));
        Retire(line->Block);
        line->Block = 0;
        line->Count = 0;
    }

    // The caller fills it.
    private OutOfOrderChunk* AddChunk(OutOfOrderLine* line, long minTime, long maxTime, int length, ChunkEncoding encoding)
    {
        uint unit = _chunks.Allocate(OutOfOrderChunk.Bytes + length);
        var chunk = (OutOfOrderChunk*)_chunks.At(unit);
        chunk->MinTime = minTime;
        chunk->MaxTime = maxTime;
        chunk->Previous = line->Closed;
        chunk->SetContent(length, encoding);
        line->Closed = unit;
        return chunk;
    }

    private void Note(OutOfOrderLine* line, long time)
    {
        line->MinTime = Math.Min(line->MinTime, time);
        line->MaxTime = Math.Max(line->MaxTime, time);
        MinTime = Math.Min(MinTime, time);
        MaxTime = Math.Max(MaxTime, time);
    }

    private void Retire(uint block)
    {
        if (_epochs.Readers == 0 && _retired.Count == 0)
        {
            Free(block);
        }
        else if (block != 0)
        {
            _retired.Enqueue((_epochs.Current, block));
        }
    }

    private void Free(uint block)
    {
        while (block != 0)
        {
            uint previous = (uint)_blocks.At(block)[PreviousBlock];
            _blocks.Free(block);
            block = previous;
        }
    }
}
