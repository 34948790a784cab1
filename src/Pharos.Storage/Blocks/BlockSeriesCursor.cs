using System.Runtime.InteropServices;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Blocks;

/// <summary>The series of a block one after the other, every chunk's checksum compared. The block is held by who opened this.</summary>
internal sealed class BlockSeriesCursor : IChunkSeriesCursor
{
    // What was read is kept in memory up to so many bytes of chunks.
    private const ulong UnloadBytes = 2 << 20;

    private readonly Block _block;
    private readonly TombstoneSet _tombstones;
    private readonly long _minTime;
    private readonly long _maxTime;
    private readonly LabelDecoder _labels;
    private readonly List<ChunkView> _chunks = [];
    private readonly uint[] _series;
    private int _next;
    private int _labelsLength;
    private byte[] _labelBytes = [];
    private ulong _lastChunk;
    private ulong _loadedChunk;
    private uint _loadedSeries;

    public BlockSeriesCursor(Block block, TombstoneSet tombstones, long minTime, long maxTime)
    {
        _block = block;
        _tombstones = tombstones;
        _minTime = minTime;
        _maxTime = maxTime;
        _labels = new LabelDecoder(block.Index.Symbols);
        _series = block.Index.ReadAllSeries();
    }

    /// <summary>The series' reference in its block.</summary>
    public uint Reference { get; private set; }

    public ReadOnlySpan<byte> LabelBytes => _labelBytes.AsSpan(0, _labelsLength);

    public ReadOnlySpan<ChunkView> Chunks => CollectionsMarshal.AsSpan(_chunks); // not changed before the next move

    public ReadOnlySpan<DeletedInterval> Deleted => _tombstones.Get(Reference);

    public bool MoveNext()
    {
        while (_next < _series.Length)
        {
            Reference = _series[_next++];
            Unload();
            SeriesEntry entry = _block.Index.OpenSeries(Reference);
            ReadOnlySpan<byte> labels = _labels.Read(ref entry);
            _chunks.Clear();
            while (entry.MoveNextChunk())
            {
                if (entry.MaxTime >= _minTime && entry.MinTime <= _maxTime)
                {
                    _lastChunk = entry.Chunk;
                    _chunks.Add(_block.Chunks.Read(entry.Chunk, entry.MinTime, entry.MaxTime));
                }
            }

            if (_chunks.Count > 0)
            {
                Keep(labels);
                return true;
            }
        }

        _chunks.Clear();
        _labelsLength = 0;
        return false;
    }

    public void Dispose()
    {
        _next = _series.Length;
        _chunks.Clear();
    }

    // A walk reads each byte of the block once: what lies behind it need not stay.
    private void Unload()
    {
        if (_lastChunk - _loadedChunk < UnloadBytes)
        {
            return;
        }

        _block.Chunks.Unload(_loadedChunk, _lastChunk);
        _block.Index.Unload(_loadedSeries, Reference);
        _block.Chunks.Load(_lastChunk, (long)UnloadBytes);
        _loadedChunk = _lastChunk;
        _loadedSeries = Reference;
    }

    private void Keep(ReadOnlySpan<byte> labels)
    {
        if (_labelBytes.Length < labels.Length)
        {
            _labelBytes = new byte[labels.Length * 2];
        }

        labels.CopyTo(_labelBytes);
        _labelsLength = labels.Length;
    }
}
