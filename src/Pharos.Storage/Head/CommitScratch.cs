using Pharos.Core.Buffers;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>Buffers of one commit at a time; reused.</summary>
internal sealed class CommitScratch
{
    private const int KeptBytes = 4 << 20;
    private byte[] _compressed = [];
    private int _compressedLength;

    public RecordBuffer Record { get; } = new();

    /// <summary>Whether <see cref="Bytes"/> are compressed.</summary>
    public bool IsCompressed { get; private set; }

    /// <summary>The record as it goes to the log.</summary>
    public ReadOnlySpan<byte> Bytes => IsCompressed ? _compressed.AsSpan(0, _compressedLength) : Record.Written;

    /// <summary>Compresses the record where that makes it smaller.</summary>
    public void Compress()
    {
        int limit = SnappyBlock.MaxCompressedLength(Record.Length);
        if (_compressed.Length < limit)
        {
            _compressed = new byte[limit];
        }

        _compressedLength = SnappyBlock.Compress(Record.Written, _compressed);
        IsCompressed = _compressedLength < Record.Length;
    }

    public void Clear()
    {
        IsCompressed = false;
        Record.Clear();
        Record.Trim(KeptBytes);
        if (_compressed.Length > KeptBytes)
        {
            _compressed = [];
        }
    }
}
