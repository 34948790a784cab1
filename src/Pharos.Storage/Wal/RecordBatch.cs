namespace Pharos.Storage.Wal;

/// <summary>Decoded records, handed from the thread that reads the log to the one that applies it. Reused.</summary>
internal sealed class RecordBatch
{
    private readonly List<Entry> _entries = [];

    /// <summary>The records' bytes one after another.</summary>
    public RecordBuffer Bytes { get; } = new();

    public int Count => _entries.Count;

    public void Clear()
    {
        _entries.Clear();
        Bytes.Clear();
        Bytes.Trim(16 << 20);
    }

    /// <summary>Ends a record that was appended to <see cref="Bytes"/> from this place on.</summary>
    public void Add(int start, string file, long offset) => _entries.Add(new Entry(start, Bytes.Length - start, file, offset));

    /// <summary>A record, with the segment and the place in it for messages.</summary>
    public ReadOnlySpan<byte> Get(int index, out string file, out long offset)
    {
        Entry entry = _entries[index];
        file = entry.File;
        offset = entry.Offset;
        return Bytes.Written.Slice(entry.Start, entry.Length);
    }

    private readonly record struct Entry(int Start, int Length, string File, long Offset);
}
