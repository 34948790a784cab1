using Pharos.Core.Hashing;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Snapshots;

/// <summary>
/// What a snapshot belongs to: the log before it and the files of head chunks that it leaves out. A snapshot is used only when both are still there, so that one that is left
/// over from another life of the folder is never taken for this one's. Also what the log before it told beyond upstream's snapshot.
/// </summary>
internal sealed class SnapshotSeal
{
    // A kind that no record of upstream has, in a file that upstream does not read.
    private const byte Kind = 0xf0;
    private const ulong Version = 1;
    private const int CheckedBytes = 32 * 1024;

    /// <summary>The snapshot stands for the segments before this one.</summary>
    public required int Segment { get; init; }

    /// <summary>Bytes of the segment before; -1 without.</summary>
    public long LogLength { get; set; } = -1;

    /// <summary>CRC-32C of the last 32 KiB of the segment before.</summary>
    public uint LogChecksum { get; set; }

    /// <summary>The greatest series number given out.</summary>
    public required uint LastReference { get; init; }

    /// <summary>The newest file of head chunks, 0 without, and where it ended.</summary>
    public int ChunkFile { get; set; }

    public int ChunkFileEnd { get; set; }

    /// <summary>The newest time of the head when a segment was left behind, by segment.</summary>
    public Dictionary<int, long> NewestTimes { get; } = [];

    /// <summary>Second numbers of series.</summary>
    public Dictionary<ulong, uint> OtherReferences { get; } = [];

    /// <summary>Reads what tells one log from another. Without the segment: nothing.</summary>
    public static (long Length, uint Checksum) Look(string segmentPath)
    {
        if (!File.Exists(segmentPath))
        {
            return (-1, 0);
        }

        using FileStream file = File.OpenRead(segmentPath);
        byte[] end = new byte[(int)Math.Min(CheckedBytes, file.Length)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        return (file.Length, Crc32C.Compute(end));
    }

    public void Encode(RecordBuffer buffer)
    {
        buffer.Put(Kind);
        buffer.PutUvarint(Version);
        buffer.PutUvarint((ulong)Segment);
        buffer.PutVarint(LogLength);
        buffer.PutUvarint(LogChecksum);
        buffer.PutUvarint(LastReference);
        buffer.PutUvarint((ulong)ChunkFile);
        buffer.PutUvarint((ulong)ChunkFileEnd);
        buffer.PutUvarint((ulong)NewestTimes.Count);
        foreach ((int segment, long time) in NewestTimes)
        {
            buffer.PutUvarint((ulong)segment);
            buffer.PutVarint(time);
        }

        buffer.PutUvarint((ulong)OtherReferences.Count);
        foreach ((ulong other, uint known) in OtherReferences)
        {
            buffer.PutUvarint(other);
            buffer.PutUvarint(known);
        }
    }

    /// <summary>Null when the record is no seal in the known version.</summary>
    public static SnapshotSeal? TryDecode(ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty || record[0] != Kind)
        {
            return null;
        }

        var reader = new RecordReader(record[1..]);
        if (reader.ReadUvarint() != Version)
        {
            return null;
        }

        int segment = (int)reader.ReadUvarint();
        long logLength = reader.ReadVarint();
        uint logChecksum = (uint)reader.ReadUvarint();
        var seal = new SnapshotSeal { Segment = segment, LogLength = logLength, LogChecksum = logChecksum, LastReference = (uint)reader.ReadUvarint() };
        seal.ChunkFile = (int)reader.ReadUvarint();
        seal.ChunkFileEnd = (int)reader.ReadUvarint();
        for (ulong left = reader.ReadUvarint(); left > 0 && !reader.Failed; left--)
        {
            seal.NewestTimes[(int)reader.ReadUvarint()] = reader.ReadVarint();
        }

        for (ulong left = reader.ReadUvarint(); left > 0 && !reader.Failed; left--)
        {
            seal.OtherReferences[reader.ReadUvarint()] = (uint)reader.ReadUvarint();
        }

        return reader.Failed ? null : seal;
    }
}
