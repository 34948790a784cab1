namespace Pharos.Storage.Wal;

/// <summary>Reads the records of several segments in turn and decompresses them. Not thread-safe.</summary>
internal sealed class LogReader
{
    private const int BatchBytes = 1 << 20;

    private readonly IReadOnlyList<string> _paths;

    public LogReader(IReadOnlyList<string> paths)
    {
        _paths = paths;
    }

    /// <summary>What stopped the reading; null when everything was read.</summary>
    public WalDamage? Damage { get; private set; }

    /// <summary>Segments that were not reached because of the damage.</summary>
    public IReadOnlyList<string> Unread { get; private set; } = [];

    /// <summary>Reads everything, filling batches of about a megabyte. The callee gives back the batch to fill next, empty.</summary>
    /// <exception cref="DataFolderException">A record is compressed with Zstandard and the host has no libzstd.</exception>
    public void ReadAll(RecordBatch batch, Func<RecordBatch, RecordBatch> full)
    {
        for (int i = 0; i < _paths.Count; i++)
        {
            using var reader = new SegmentReader(_paths[i]);
            while (Damage is null && reader.TryRead(out ReadOnlySpan<byte> record, out byte flags))
            {
                Decompress(record, flags, batch, _paths[i], reader.RecordOffset);
                if (batch.Bytes.Length >= BatchBytes)
                {
                    batch = full(batch);
                }
            }

            Damage ??= reader.Damage;
            if (Damage is not null)
            {
                Unread = [.. _paths.Skip(i + 1)];
                break;
            }
        }

        full(batch);
    }

    private void Decompress(ReadOnlySpan<byte> record, byte flags, RecordBatch batch, string path, long offset)
    {
        int start = batch.Bytes.Length;
        if (RecordCompressor.Decompress(record, flags, batch.Bytes) is { } what)
        {
            Damage = new WalDamage(path, offset, offset, what, AtEnd: false);
            return;
        }

        batch.Add(start, path, offset);
    }
}
