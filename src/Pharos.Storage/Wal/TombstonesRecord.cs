namespace Pharos.Storage.Wal;

/// <summary>
/// A record of deletions: kind, then per stone the reference (8 bytes, big-endian), first and last time as zigzag varints. One that begins with a stone of the first of all times
/// alone, a mark that takes nothing from anybody, was written by this store: docs/formats/wal.md.
/// </summary>
internal static class TombstonesRecord
{
    /// <summary>Writes the record at the end of the buffer, with the mark of this store or without.</summary>
    public static void Encode(RecordBuffer buffer, ReadOnlySpan<Tombstone> stones, bool isMarked)
    {
        buffer.Put((byte)WalRecordKind.Tombstones);
        if (isMarked)
        {
            AddMark(buffer, stones[0].Reference);
        }

        foreach (Tombstone stone in stones)
        {
            Add(buffer, stone.Reference, stone.MinTime, stone.MaxTime);
        }
    }

    /// <summary>Adds the mark of this store, as the first stone of a record.</summary>
    public static void AddMark(RecordBuffer buffer, ulong reference) => Add(buffer, reference, long.MinValue, long.MinValue);

    /// <summary>Whether a stone, the first of its record, is the mark of this store.</summary>
    public static bool IsMark(long minTime, long maxTime) => minTime == long.MinValue && maxTime == long.MinValue;

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
