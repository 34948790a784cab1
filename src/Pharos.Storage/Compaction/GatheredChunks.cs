using System.Runtime.InteropServices;
using Pharos.Storage.Chunks;
using Pharos.Storage.HeadChunks;

namespace Pharos.Storage.Compaction;

/// <summary>
/// Closed chunks of a few series of the head. Where these lie in mapped files they are copied out in the order of the files, and what was read of the files is unloaded at once:
/// the series of a block come in another order than chunks are closed in, so that otherwise all files would be in memory while a block is written. For one thread, in one epoch.
/// </summary>
/// <remarks>Pointers: the copy has room for all chunks and <see cref="ChunkView.ReadAhead"/> bytes more; views are made after it has grown.</remarks>
internal sealed unsafe class GatheredChunks : IDisposable
{
    private const long WindowBytes = 1 << 20;
    private const int PageBytes = 4096;
    private readonly ClosedChunks _source;
    private readonly List<nint> _chunks = [];
    private readonly List<int> _offsets = [];
    private long[] _places = [];
    private int[] _order = [];
    private byte* _copy;
    private int _capacity;
    private int _used;
    private bool _isCopied;

    public GatheredChunks(ClosedChunks source)
    {
        _source = source;
    }

    /// <summary>Chunks added since the last <see cref="Clear"/>.</summary>
    public int Count => _chunks.Count;

    public void Clear()
    {
        _chunks.Clear();
        _offsets.Clear();
        _used = 0;
        _isCopied = false;
    }

    public void Add(ClosedChunk* chunk)
    {
        _chunks.Add((nint)chunk);
        _offsets.Add(_used);
        _used = checked(_used + chunk->Length);
    }

    /// <summary>Copies all that were added.</summary>
    public void Copy()
    {
        Reserve();
        int count = _chunks.Count;
        if (_places.Length < count)
        {
            _places = new long[count];
            _order = new int[count];
        }

        for (int i = 0; i < count; i++)
        {
            _places[i] = ((ClosedChunk*)_chunks[i])->Position;
            _order[i] = i;
        }

        Array.Sort(_places, _order, 0, count);
        for (int i = 0; i < count;)
        {
            i = CopyWindow(i);
        }

        _isCopied = true;
    }

    /// <summary>The chunk at a place of those added; valid until the next <see cref="Clear"/>, and where nothing was copied as long as the epoch.</summary>
    public ChunkView At(int index)
    {
        var chunk = (ClosedChunk*)_chunks[index];
        return _isCopied ? new ChunkView(chunk->Encoding, _copy + _offsets[index], chunk->Length, chunk->MinTime, chunk->MaxTime) : _source.View(chunk);
    }

    public void Dispose()
    {
        NativeMemory.Free(_copy);
        _copy = null;
    }

    // Those that begin within a part of a file, from one on; returns which is the next.
    private int CopyWindow(int from)
    {
        long start = _places[from];
        long end = Math.Min(start + WindowBytes, (start / ChunkFileFormat.MaxFileBytes * ChunkFileFormat.MaxFileBytes) + ChunkFileFormat.MaxFileBytes);
        _source.Load(start, end);
        int at = from;
        for (; at < _chunks.Count && _places[at] < end; at++)
        {
            var chunk = (ClosedChunk*)_chunks[_order[at]];
            NativeMemory.Copy(_source.DataOf(chunk), _copy + _offsets[_order[at]], (nuint)chunk->Length);
        }

        // With the pages that the last of them reaches into, and the border page of the window before.
        _source.Unload(Math.Max(0, start - PageBytes), end + PageBytes);
        return at;
    }

    private void Reserve()
    {
        if (_capacity < _used)
        {
            NativeMemory.Free(_copy);
            _capacity = _used + (_used / 8);
            _copy = (byte*)NativeMemory.Alloc((nuint)_capacity + ChunkView.ReadAhead);
        }
    }
}
