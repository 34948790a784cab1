using System.Buffers;
using System.Runtime.CompilerServices;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// Copies of the lines of the selected series, taken between two commits. What lies behind a line (full words of its blocks, closed chunks, labels) does not change and stays
/// until the querier's epoch ends. Benchmark: <c>SelectBenchmarks</c>.
/// </summary>
[SkipLocalsInit] // buffers on the stack are written before they are read
internal sealed unsafe partial class HeadSeriesSet : ISourceSet
{
    // An open chunk: 1005 bytes and one sample more, rounded up to words, and what decoders read ahead.
    private const int FlatBytes = 1040 + XorDecoder.ReadAhead;

    private readonly HeadMemory _memory;
    private readonly uint[] _references;
    private readonly HotLine* _lines;
    private readonly int _capacity;
    private readonly long _minTime;

    private HeadSeriesSet(HeadMemory memory, uint[] references, HotLine* lines, int capacity, int count, long minTime, bool hasMoreThanNumbers)
    {
        HasMoreThanNumbers = hasMoreThanNumbers;
        _memory = memory;
        _references = references;
        _lines = lines;
        _capacity = capacity;
        Count = count;
        _minTime = minTime;
    }

    public int Count { get; }

    public bool HasMoreThanNumbers { get; }

    /// <summary>The out-of-order samples of the series; null: there are none. This set knows the samples in order alone: <see cref="AmendedSeriesSet"/> brings both together.</summary>
    public OutOfOrderSnapshot? Late { get; private init; }

    /// <summary>What is deleted of the samples in order, which this set shows all the same.</summary>
    public HeadTombstones Deleted { get; private init; } = HeadTombstones.None;

    public long MinTime => _minTime;

    public long MaxTime => long.MaxValue;

    /// <summary>Of the querier, where it reads blocks too: texts are asked for by ids of other sets of it.</summary>
    public ValueIds? Ids { get; set; }

    /// <summary>The references of the series, ascending.</summary>
    public ReadOnlySpan<uint> References => _references.AsSpan(0, Count);

    /// <summary>
    /// Copies the lines of those of the series that have samples in the range. Takes over the array of references. Null when a series after
    /// <paramref name="lastReference"/> has samples already, so that the series were selected too early to show the newest commit whole.
    /// </summary>
    public static HeadSeriesSet? TryTake(HeadMemory memory, uint[] references, int count, long minTime, long maxTime, uint lastReference)
    {
        HotLine* lines = memory.Snapshots.Rent(count, out int capacity);
        int kept = 0;
        bool hasMoreThanNumbers = false;
        memory.Gate.EnterRead();
        long leastTime = memory.MinTime;
        OutOfOrderSnapshot? late = OutOfOrderSnapshot.TryTake(memory.OutOfOrder, references.AsSpan(0, count), minTime, maxTime);
        HeadTombstones deleted = memory.Tombstones;
        minTime = Math.Max(minTime, leastTime);
        for (int i = 0; i < count; i++)
        {
            HotLine* line = memory.Series.Lines + references[i];
            if (line->IsAlive
                && ((line->Time >= minTime && (line->FirstTime <= maxTime || line->Closed != 0)) || (late is not null && late.Has(references[i]))))
            {
                references[kept] = references[i];
                lines[kept++] = *line;
            }
        }

        if (memory.HistogramStates.Any)
        {
            hasMoreThanNumbers = memory.HistogramStates.IsAnyNoted(references.AsSpan(0, kept));
        }

        bool isWhole = memory.LastAppended <= lastReference;
        memory.Gate.ExitRead();
        var set = new HeadSeriesSet(memory, references, lines, capacity, kept, leastTime, hasMoreThanNumbers) { Late = late, Deleted = deleted };
        if (!isWhole)
        {
            set.Free();
            return null;
        }

        return set.WithoutLaterSeries(minTime, maxTime);
    }

    /// <summary>Gives the copies back; nothing may be called afterwards.</summary>
    public void Free()
    {
        _memory.Snapshots.Return(_lines, _capacity);
        ArrayPool<uint>.Shared.Return(_references);
    }

    public Labels GetLabels(int index) => _memory.Series.LabelsOf(ReferenceAt(index));

    public void GetIdentities(Span<SeriesIdentity> identities)
    {
        for (int i = 0; i < Count; i++)
        {
            identities[i] = _memory.Series.IdentityOf(_references[i]);
        }
    }

    public void GetLabelValueIds(string name, Span<uint> ids)
    {
        ids = ids[..Count];
        uint nameId = FindSymbol(name);
        if (nameId == 0)
        {
            ids.Clear();
            return;
        }

        SeriesStore store = _memory.Series;
        uint lastShape = 0;
        int position = -1;
        for (int i = 0; i < ids.Length; i++)
        {
            uint reference = _references[i];
            uint shape = store.ShapeOf(reference);
            if (shape != lastShape)
            {
                lastShape = shape;
                position = store.NamesOf(shape).IndexOf(nameId);
            }

            ids[i] = position < 0 ? 0 : store.ValueAt(reference, position);
        }
    }

    public void GetShapeIds(Span<uint> ids)
    {
        for (int i = 0; i < Count; i++)
        {
            ids[i] = _memory.Series.ShapeOf(_references[i]);
        }
    }

    public IReadOnlyList<string> GetShapeLabelNames(uint shapeId)
    {
        ReadOnlySpan<uint> ids = _memory.Series.NamesOf(shapeId);
        var names = new string[ids.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _memory.Series.Text(ids[i]);
        }

        return names;
    }

    public string GetLabelValue(uint valueId) => Ids?.Text(valueId) ?? _memory.Series.Text(valueId);

    public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
    {
        buffer.Clear();
        HotLine* line = LineAt(index);
        minTime = Math.Max(minTime, _minTime);
        if (line->Time < minTime || minTime > maxTime)
        {
            return;
        }

        ReadClosed(line, minTime, maxTime, buffer);
        if (line->State == SeriesState.HoldsHistograms)
        {
            ReadOpenHistograms(line, minTime, maxTime, buffer);
        }
        else if (line->FirstTime <= maxTime)
        {
            Span<long> room = Reserve(buffer, line->Count);
            byte* flat = stackalloc byte[FlatBytes]; // bounded by the size at which chunks are cut
            int length = XorAppender.Flatten(*line, _memory.Blocks, flat);
            Decode(flat, length, line->Count, buffer, room.Length);
        }

        buffer.KeepBetween(minTime, maxTime);
    }

    public void ReadSeveral(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + (long)buffers.Length, Count, nameof(buffers));
        minTime = Math.Max(minTime, _minTime);
        int done = 0;
        for (; done + XorLanes.Count <= buffers.Length && XorLanes.IsSupported && !HasMoreThanNumbers; done += XorLanes.Count)
        {
            ReadLanes(_lines + first + done, minTime, maxTime, buffers.Slice(done, XorLanes.Count));
        }

        for (; done < buffers.Length; done++)
        {
            Read(first + done, minTime, maxTime, buffers[done]);
        }
    }

    public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
    {
        HotLine* line = LineAt(index);
        minTime = Math.Max(minTime, _minTime);
        sample = default;
        if (line->Time < minTime)
        {
            return false;
        }

        if (line->Time <= maxTime)
        {
            sample = new Sample(line->Time, BitConverter.UInt64BitsToDouble(line->Value));
            return true;
        }

        return TryReadEarlier(line, minTime, maxTime, out sample);
    }

    // The newest sample lies in the newest chunk that begins at or before the end of the range.
    private bool TryReadEarlier(HotLine* line, long minTime, long maxTime, out Sample sample)
    {
        sample = default;
        ClosedChunk* closed = null;
        if (line->FirstTime > maxTime)
        {
            closed = NewestClosed(line);
            while (closed != null && closed->MinTime > maxTime)
            {
                closed = Previous(closed);
            }

            if (closed == null || closed->MaxTime < minTime)
            {
                return false;
            }

            if (closed->Count > ChunkRange.MaxSamples)
            {
                return TryReadEarlierOfLong(closed, minTime, maxTime, out sample);
            }
        }

        long* times = stackalloc long[LastRoom];
        double* values = stackalloc double[LastRoom];
        int count;
        if (closed == null)
        {
            count = line->Count;
            byte* flat = stackalloc byte[FlatBytes];
            int length = XorAppender.Flatten(*line, _memory.Blocks, flat);
            Check(XorDecoder.TryDecode(flat, length, count, times, values));
        }
        else
        {
            count = closed->Count;
            Check(XorDecoder.TryDecode(_memory.Chunks.BitsOf(closed), closed->BitsLength, count, times, values));
        }

        while (count > 0 && times[count - 1] > maxTime)
        {
            count--;
        }

        if (count == 0 || times[count - 1] < minTime)
        {
            return false;
        }

        sample = new Sample(times[count - 1], values[count - 1]);
        return true;
    }

    // Upstream can be told to make longer chunks than are made here.
    private bool TryReadEarlierOfLong(ClosedChunk* chunk, long minTime, long maxTime, out Sample sample)
    {
        var buffer = new SampleBuffer(chunk->Count);
        DecodeClosed(chunk, minTime, maxTime, buffer);
        buffer.KeepBetween(minTime, maxTime);
        sample = buffer.Count == 0 ? default : new Sample(buffer.Timestamps[^1], buffer.Values[^1]);
        return buffer.Count > 0;
    }

    private void ReadClosed(HotLine* line, long minTime, long maxTime, SampleBuffer buffer)
    {
        const int Inline = 64;
        nint* found = stackalloc nint[Inline]; // 512 bytes: five days at usual lengths; older ones go to the list
        List<nint>? more = null;
        int count = 0;
        int samples = 0;
        for (ClosedChunk* chunk = NewestClosed(line); chunk != null && chunk->MaxTime >= minTime; chunk = Previous(chunk))
        {
            if (chunk->MinTime > maxTime)
            {
                continue;
            }

            samples += chunk->Count;
            if (count < Inline)
            {
                found[count++] = (nint)chunk;
            }
            else
            {
                (more ??= []).Add((nint)chunk);
            }
        }

        Reserve(buffer, samples + line->Count);
        for (int i = (more?.Count ?? 0) - 1; i >= 0; i--)
        {
            DecodeClosed((ClosedChunk*)more![i], minTime, maxTime, buffer);
        }

        for (int i = count - 1; i >= 0; i--)
        {
            DecodeClosed((ClosedChunk*)found[i], minTime, maxTime, buffer);
        }
    }

    private void DecodeClosed(ClosedChunk* chunk, long minTime, long maxTime, SampleBuffer buffer)
    {
        if (chunk->Encoding == ChunkEncoding.Xor)
        {
            Decode(_memory.Chunks.BitsOf(chunk), chunk->BitsLength, chunk->Count, buffer, buffer.Capacity - buffer.Count);
            return;
        }

        Check(ChunkDecoder.TryAppend(_memory.Chunks.View(chunk), minTime, maxTime, buffer, out _));
    }

    private void ReadOpenHistograms(HotLine* line, long minTime, long maxTime, SampleBuffer buffer)
    {
        if (line->FirstTime > maxTime)
        {
            return;
        }

        byte[] flat = ArrayPool<byte>.Shared.Rent(line->ChunkBytes + sizeof(ulong));
        try
        {
            ReadOnlySpan<byte> chunk = HistogramAppender.Flatten(*line, _memory.Blocks, flat);
            Check(ChunkDecoder.TryAppendHistograms(chunk, line->OpenEncoding, minTime, maxTime, buffer, out _));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(flat);
        }
    }

    private static Span<long> Reserve(SampleBuffer buffer, int more)
    {
        buffer.EnsureCapacity(buffer.Count + more);
        return buffer.TimestampArray.AsSpan(buffer.Count, more);
    }

    private static void Decode(byte* bits, int length, int count, SampleBuffer buffer, int room)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, room);
        int at = buffer.Count;
        fixed (long* times = &buffer.TimestampArray[at])
        fixed (double* values = &buffer.ValueArray[at])
        {
            Check(XorDecoder.TryDecode(bits, length, count, times, values));
        }

        buffer.Count = at + count;
    }

    private static void Check(bool decoded)
    {
        if (!decoded)
        {
            throw new StorageUnavailableException("a chunk in memory does not decode: the store was closed, or memory is damaged");
        }
    }

    // Series that begin after the range, as far as their closed chunks tell: most sets have none, and are returned as they are.
    private HeadSeriesSet WithoutLaterSeries(long minTime, long maxTime)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_lines[i].FirstTime <= maxTime || HasClosedIn(_lines + i, minTime, maxTime) || (Late is not null && Late.Has(_references[i])))
            {
                if (kept != i)
                {
                    _lines[kept] = _lines[i];
                    _references[kept] = _references[i];
                }

                kept++;
            }
        }

        return kept == Count ? this : new HeadSeriesSet(_memory, _references, _lines, _capacity, kept, _minTime, HasMoreThanNumbers) { Late = Late, Deleted = Deleted };
    }

    private bool HasClosedIn(HotLine* line, long minTime, long maxTime)
    {
        ClosedChunk* chunk = NewestClosed(line);
        while (chunk != null && chunk->MinTime > maxTime)
        {
            chunk = Previous(chunk);
        }

        return chunk != null && chunk->MaxTime >= minTime;
    }

    private ClosedChunk* NewestClosed(HotLine* line) => line->Closed == 0 ? null : _memory.Chunks.At(line->Closed);

    // A chunk that ends before the head's least time may be gone already.
    private ClosedChunk* Previous(ClosedChunk* chunk) =>
        chunk->Previous == 0 || chunk->PreviousMaxTime < _minTime ? null : _memory.Chunks.At(chunk->Previous);

    private uint ReferenceAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _references[index];
    }

    private HotLine* LineAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _lines + index;
    }

    private uint FindSymbol(string text)
    {
        SeriesStore store = _memory.Series;
        store.Index.EnterReadLock();
        try
        {
            return store.Symbols.TryFind(System.Text.Encoding.UTF8.GetBytes(text), out uint id) ? id : 0;
        }
        finally
        {
            store.Index.ExitReadLock();
        }
    }
}
