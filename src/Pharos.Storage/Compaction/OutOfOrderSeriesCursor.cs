using System.Runtime.InteropServices;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;
using Pharos.Storage.Native;

namespace Pharos.Storage.Compaction;

/// <summary>
/// The series that have samples out of order, in the order of their labels. The samples of each are sorted, the first of each time kept, and encoded anew into chunks that do not
/// overlap.
/// </summary>
/// <remarks>Pointers: chunks lie in memory of this cursor, in room for the most that the encoder writes.</remarks>
internal sealed unsafe class OutOfOrderSeriesCursor : IChunkSeriesCursor
{
    // As many as upstream's compaction puts into a chunk.
    private const int SamplesPerChunk = 120;

    private readonly SeriesStore _series;
    private readonly OutOfOrderStore _store;
    private readonly HeadOrder _order;
    private readonly long _minTime;
    private readonly long _maxTime;
    private readonly LabelBuffer _labels;
    private readonly OutOfOrderSamples _samples = new();
    private readonly List<ChunkView> _chunks = [];
    private readonly ScratchMemory _memory = new();
    private readonly SingleHistogram _histogram = new();
    private int _next;

    public OutOfOrderSeriesCursor(SeriesStore series, OutOfOrderStore store, HeadSymbols symbols, long minTime, long maxTime)
    {
        _series = series;
        _store = store;
        _minTime = minTime;
        _maxTime = maxTime;
        _labels = new LabelBuffer(series);
        var references = new List<uint>();
        for (uint i = 0; i < store.SeriesCount; i++)
        {
            OutOfOrderLine* line = store.Lines + i;
            if (line->MinTime <= maxTime && line->MaxTime >= minTime && series.Lines[line->Reference].IsAlive)
            {
                references.Add(line->Reference);
            }
        }

        _order = HeadOrder.Of(series, symbols, CollectionsMarshal.AsSpan(references)); // not changed any more
    }

    public ReadOnlySpan<byte> LabelBytes => _labels.Bytes;

    public ReadOnlySpan<ChunkView> Chunks => CollectionsMarshal.AsSpan(_chunks); // not changed before the next move

    // Deleting takes samples out of the store.
    public ReadOnlySpan<DeletedInterval> Deleted => [];

    public bool MoveNext()
    {
        _chunks.Clear();
        _labels.Clear();
        while (_next < _order.Count)
        {
            uint reference = _order.References[_next++];
            _samples.Clear();
            _store.Read(*_store.Find(reference), _minTime, _maxTime, _samples);
            if (_samples.Count > 0)
            {
                _samples.Sort();
                Encode();
                _labels.Set(reference);
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _order.Dispose();
        _memory.Dispose();
        _histogram.Dispose();
    }

    // Numbers and histograms in turn.
    private void Encode()
    {
        _memory.Reset();
        for (int from = 0; from < _samples.Count;)
        {
            if (!_samples.HistogramAt(from).IsNone)
            {
                AddHistogram(from++);
                continue;
            }

            int to = from + 1;
            while (to < _samples.Count && to - from < SamplesPerChunk && _samples.HistogramAt(to).IsNone)
            {
                to++;
            }

            AddNumbers(from, to - from);
            from = to;
        }
    }

    private void AddNumbers(int first, int count)
    {
        ReadOnlySpan<long> times = _samples.Times.AsSpan(first, count);
        ReadOnlySpan<double> values = MemoryMarshal.Cast<ulong, double>(_samples.Values.AsSpan(first, count));
        byte* chunk = _memory.Allocate(XorEncoder.MaxBytes(count) + ChunkView.ReadAhead);
        int length = XorEncoder.Encode(times, values, chunk);
        _memory.Shrink(chunk, length + ChunkView.ReadAhead);
        _chunks.Add(new ChunkView(ChunkEncoding.Xor, chunk, length, times[0], times[^1]));
    }

    private void AddHistogram(int index)
    {
        long time = _samples.Times[index];
        int length = _histogram.Encode(time, _samples.HistogramAt(index), out ChunkEncoding encoding);
        byte* chunk = _memory.Allocate(length + ChunkView.ReadAhead);
        _histogram.CopyTo(new Span<byte>(chunk, length));
        _chunks.Add(new ChunkView(encoding, chunk, length, time, time));
    }
}
