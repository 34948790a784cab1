namespace Pharos.Storage.Wal;

/// <summary>Several records that are written together, compressed where that makes them smaller. Reused; not thread-safe.</summary>
internal sealed class RecordParts
{
    private const int KeptBytes = 4 << 20;
    private readonly RecordBuffer _bytes = new();
    private readonly List<(int Length, WalCompression Compression)> _parts = [];

    public void Clear()
    {
        _parts.Clear();
        _bytes.Clear();
        _bytes.Trim(KeptBytes);
    }

    /// <summary>Takes a copy of a record.</summary>
    public void Add(ReadOnlySpan<byte> record, RecordCompressor compressor)
    {
        ReadOnlySpan<byte> bytes = compressor.Compress(record, out WalCompression used);
        _bytes.Put(bytes);
        _parts.Add((bytes.Length, used));
    }

    /// <summary>Frames all records, in the order in which they were added.</summary>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public void AddTo(WalWriter writer)
    {
        int at = 0;
        foreach ((int length, WalCompression compression) in _parts)
        {
            writer.Add(_bytes.Written.Slice(at, length), compression);
            at += length;
        }
    }
}
