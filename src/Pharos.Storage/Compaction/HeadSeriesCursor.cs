using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Compaction;

/// <summary>
/// The series of the head in the order of their labels, with their chunks. Lines are copied a few hundred at a time inside the gate, and an epoch is held for these only, so that
/// neither writers nor the freeing of memory wait for the block that is written.
/// </summary>
/// <remarks>Pointers: what lies behind a copied line stays until the epoch is left; the open chunk is copied to memory of this cursor.</remarks>
internal sealed unsafe class HeadSeriesCursor : IChunkSeriesCursor
{
    private const int LinesAtOnce = 256;

    // Where chunks lie in mapped files: a sixteenth of the series, so that the files are read sixteen times, whatever their size.
    private const int Passes = 16;
    private const int MostLinesAtOnce = 64 * 1024;

    // An open chunk of floats as it is cut at 1005 bytes and one sample more, rounded up to words; of histograms more.
    private const int UsualChunkBytes = 1040;

    private readonly HeadMemory _memory;
    private readonly HeadOrder _order;
    private readonly long _minTime;
    private readonly long _maxTime;
    private readonly List<ChunkView> _chunks = [];
    private readonly GatheredChunks _closed;
    private readonly int[] _firstClosed;
    private readonly int _linesAtOnce;
    private readonly bool _copies;
    private readonly HotLine* _lines;
    private byte* _open;
    private int _openBytes = UsualChunkBytes;
    private readonly HeadTombstones _tombstones;
    private readonly List<DeletedInterval> _deleted = [];
    private readonly LabelBuffer _labels;
    private long _headMinTime;
    private long _epoch = -1;
    private int _batch;
    private int _batchCount;
    private int _next;
    private bool _disposed;

    public HeadSeriesCursor(HeadMemory memory, HeadSymbols symbols, long minTime, long maxTime)
    {
        _memory = memory;
        _tombstones = memory.Tombstones;
        _labels = new LabelBuffer(memory.Series);
        _minTime = minTime;
        _maxTime = maxTime;
        _order = HeadOrder.Of(memory.Series, symbols, minTime, maxTime);
        _copies = memory.Chunks.MappedBytes > 0;
        _linesAtOnce = _copies ? Math.Clamp(_order.Count / Passes, LinesAtOnce, MostLinesAtOnce) : LinesAtOnce;
        _closed = new GatheredChunks(memory.Chunks);
        _firstClosed = new int[_linesAtOnce + 1];
        _lines = (HotLine*)NativeMemory.AlignedAlloc((nuint)_linesAtOnce * HotLine.Bytes, HotLine.Bytes);
        _open = (byte*)NativeMemory.Alloc(UsualChunkBytes + ChunkView.MinLength + ChunkView.ReadAhead);
    }

    public ReadOnlySpan<byte> LabelBytes => _labels.Bytes;

    public ReadOnlySpan<ChunkView> Chunks => CollectionsMarshal.AsSpan(_chunks); // not changed before the next move

    public ReadOnlySpan<DeletedInterval> Deleted => CollectionsMarshal.AsSpan(_deleted); // not changed before the next move

    public bool MoveNext()
    {
        while (_next < _batchCount || TakeBatch())
        {
            HotLine* line = _lines + _next;
            uint reference = _order.References[_batch + _next];
            int index = _next++;
            if (line->IsAlive)
            {
                CollectChunks(line, index);
                if (_chunks.Count > 0)
                {
                    _labels.Set(reference);
                    CollectDeleted(reference);
                    return true;
                }
            }
        }

        _chunks.Clear();
        _labels.Clear();
        return false;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        LeaveEpoch();
        _order.Dispose();
        _closed.Dispose();
        NativeMemory.AlignedFree(_lines);
        NativeMemory.Free(_open);
    }

    private bool TakeBatch()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        LeaveEpoch();
        _batch += _batchCount;
        _next = 0;
        ReadOnlySpan<uint> references = _order.References[_batch..];
        _batchCount = Math.Min(references.Length, _linesAtOnce);
        if (_batchCount == 0)
        {
            return false;
        }

        _epoch = _memory.Epochs.Enter();
        _memory.Gate.EnterRead();
        _headMinTime = _memory.MinTime;
        for (int i = 0; i < _batchCount; i++)
        {
            _lines[i] = _memory.Series.Lines[references[i]];
        }

        _memory.Gate.ExitRead();
        GatherClosed();
        return true;
    }

    private void LeaveEpoch()
    {
        if (_epoch >= 0)
        {
            _memory.Epochs.Leave(_epoch);
            _epoch = -1;
        }
    }

    private void CollectChunks(HotLine* line, int index)
    {
        _chunks.Clear();
        if (line->Count > 0 && line->FirstTime <= _maxTime && line->Time >= _minTime)
        {
            if (line->ChunkBytes + sizeof(ulong) > _openBytes)
            {
                _openBytes = line->ChunkBytes * 2;
                _open = (byte*)NativeMemory.Realloc(_open, (nuint)(_openBytes + ChunkView.MinLength + ChunkView.ReadAhead));
            }

            int length = ChunkView.MinLength + XorAppender.Flatten(*line, _memory.Blocks, _open + ChunkView.MinLength);
            BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(_open, ChunkView.MinLength), line->Count);
            _chunks.Add(new ChunkView(line->OpenEncoding, _open, length, line->FirstTime, line->Time));
        }

        for (int i = _firstClosed[index]; i < _firstClosed[index + 1]; i++)
        {
            _chunks.Add(_closed.At(i));
        }

        _chunks.Reverse();
    }

    // The closed chunks of the range, of each series from the newest on.
    private void GatherClosed()
    {
        _closed.Clear();
        for (int i = 0; i < _batchCount; i++)
        {
            _firstClosed[i] = _closed.Count;
            uint unit = _lines[i].IsAlive ? _lines[i].Closed : 0;
            while (unit != 0)
            {
                ClosedChunk* chunk = _memory.Chunks.At(unit);
                if (chunk->MaxTime < _minTime)
                {
                    break;
                }

                if (chunk->MinTime <= _maxTime)
                {
                    _closed.Add(chunk);
                }

                // A chunk that ends before the head's least time may be gone already.
                unit = chunk->PreviousMaxTime < _headMinTime ? 0 : chunk->Previous;
            }
        }

        _firstClosed[_batchCount] = _closed.Count;
        if (_copies)
        {
            _closed.Copy();
        }
    }

    private void CollectDeleted(uint reference)
    {
        _deleted.Clear();
        if (!_tombstones.IsEmpty)
        {
            foreach (Tombstone stone in _tombstones.Of(reference))
            {
                _deleted.Add(new DeletedInterval(stone.MinTime, stone.MaxTime));
            }
        }
    }
}
