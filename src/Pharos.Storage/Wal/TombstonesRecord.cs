namespace Pharos.Storage.Wal;

/// <summary>A record of deletions: kind, then per stone the reference (8 bytes, big-endian), first and last time as zigzag varints.</summary>
internal static class TombstonesRecord
{
    /// <summary>Writes the record at the end of the buffer.</summary>
    public static void Encode(RecordBuffer buffer, ReadOnlySpan<Tombstone> stones)
    {
        buffer.Put((byte)WalRecordKind.Tombstones);
        foreach (Tombstone stone in stones)
        {
            Add(buffer, stone.Reference, stone.MinTime, stone.MaxTime);
        }
    }

    /// <summary>Adds one stone to a record.</summary>
    public static void Add(RecordBuffer buffer, ulong reference, long minTime, long maxTime)
    {
        buffer.PutBigEndian(reference);
        buffer.PutVarint(minTime);
        buffer.PutVarint(maxTime);
    }

    /// <summary>Reads the next stone of a record that is not at its end; false when it ends inside one.</summary>
    public static bool TryRead(ref RecordReader reader, out ulong reference, out long minTime, out long maxTime)
    {
        reference = reader.ReadBigEndian();
        minTime = reader.ReadVarint();
        maxTime = reader.ReadVarint();
        return !reader.Failed;
    }
}
