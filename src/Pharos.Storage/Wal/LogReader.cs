using System.Globalization;
using Pharos.Core.Buffers;

namespace Pharos.Storage.Wal;

/// <summary>Reads the records of several segments in turn and decompresses them. Not thread-safe.</summary>
internal sealed class LogReader
{
    // Snappy's densest element makes 64 bytes out of 3.
    private const int MaxExpansion = 22;

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
    /// <exception cref="DataFolderException">A record is compressed in a way that is not supported yet.</exception>
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
        if (flags == 0)
        {
            batch.Bytes.Put(record);
        }
        else if (flags == WalFormat.SnappyFlag)
        {
            if (!SnappyBlock.TryGetDecompressedLength(record, out int length) || length > (long)record.Length * MaxExpansion)
            {
                string what = string.Create(CultureInfo.InvariantCulture, $"a compressed record of {record.Length} bytes claims {length}");
                Damage = new WalDamage(path, offset, offset, what, AtEnd: false);
                return;
            }

            if (!SnappyBlock.TryDecompress(record, batch.Bytes.Reserve(length)[..length], out int written))
            {
                Damage = new WalDamage(path, offset, offset, "a record does not decompress", AtEnd: false);
                return;
            }

            batch.Bytes.Advance(written);
        }
        else
        {
            throw new DataFolderException($"{path}: a record at offset {offset.ToString(CultureInfo.InvariantCulture)} is compressed with zstd, which is not supported yet");
        }

        batch.Add(start, path, offset);
    }
}
