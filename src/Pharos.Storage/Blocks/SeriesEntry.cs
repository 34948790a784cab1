namespace Pharos.Storage.Blocks;

/// <summary>
/// One series of an index, read in order: first its labels by <see cref="MoveNextLabel"/>, then its chunks by <see cref="MoveNextChunk"/>.
/// Format: upstream's tsdb/docs/format/index.md, Series.
/// </summary>
internal ref struct SeriesEntry
{
    private SectionReader _reader;
    private ulong _labels;
    private ulong _chunks;
    private bool _inChunks;
    private bool _isFirst;

    public SeriesEntry(SectionReader reader)
    {
        _reader = reader;
        _labels = _reader.ReadUvarint();
    }

    /// <summary>Symbol of the label's name.</summary>
    public uint Name { get; private set; }

    /// <summary>Symbol of the label's value.</summary>
    public uint Value { get; private set; }

    /// <summary>Time of the chunk's first sample, milliseconds.</summary>
    public long MinTime { get; private set; }

    /// <summary>Time of the chunk's last sample, milliseconds.</summary>
    public long MaxTime { get; private set; }

    /// <summary>The chunk's place: number of the segment, from 0 on, above 32 bits of offset.</summary>
    public ulong Chunk { get; private set; }

    /// <summary>Chunks that were not read yet.</summary>
    public readonly ulong ChunksLeft => _chunks;

    public bool MoveNextLabel()
    {
        if (_labels == 0)
        {
            return false;
        }

        _labels--;
        Name = _reader.ReadReference();
        Value = _reader.ReadReference();
        return true;
    }

    /// <summary>Passes over the labels that were not read.</summary>
    public void SkipLabels()
    {
        for (; _labels > 0; _labels--)
        {
            _reader.ReadUvarint();
            _reader.ReadUvarint();
        }
    }

    /// <summary>Goes to the next chunk; they ascend by time. The labels have been read or skipped.</summary>
    public bool MoveNextChunk()
    {
        if (!_inChunks)
        {
            _inChunks = true;
            _isFirst = true;
            _chunks = _reader.ReadUvarint();
        }

        if (_chunks == 0)
        {
            return false;
        }

        _chunks--;
        if (_isFirst)
        {
            _isFirst = false;
            MinTime = _reader.ReadVarint();
            MaxTime = unchecked(MinTime + (long)_reader.ReadUvarint());
            Chunk = _reader.ReadUvarint();
            return true;
        }

        MinTime = unchecked(MaxTime + (long)_reader.ReadUvarint());
        MaxTime = unchecked(MinTime + (long)_reader.ReadUvarint());
        Chunk = unchecked(Chunk + (ulong)_reader.ReadVarint());
        return true;
    }
}
