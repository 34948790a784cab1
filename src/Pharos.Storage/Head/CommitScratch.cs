using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>Buffers of one commit at a time; reused.</summary>
internal sealed class CommitScratch
{
    private const int KeptBytes = 4 << 20;
    private readonly RecordCompressor _compressor;

    public CommitScratch(WalCompression compression)
    {
        _compressor = new RecordCompressor(compression);
    }

    public RecordBuffer Record { get; } = new();

    /// <summary>Records that go to the log behind that one; mostly none.</summary>
    public RecordParts Parts { get; } = new();

    /// <summary>Samples by series, while a batch with histograms is encoded.</summary>
    public Dictionary<ulong, WalRecordKind> Kinds { get; } = [];

    /// <summary>Moves the record, if there is one, to the <see cref="Parts"/>.</summary>
    public void EndPart()
    {
        if (Record.Length > 0)
        {
            Parts.Add(Record.Written, _compressor);
            Record.Clear();
        }
    }

    /// <summary>The record as it goes to the log.</summary>
    public ReadOnlySpan<byte> Compress(out WalCompression used) => _compressor.Compress(Record.Written, out used);

    public void Clear()
    {
        Record.Clear();
        Record.Trim(KeptBytes);
        _compressor.Trim(KeptBytes);
        Parts.Clear();
        Kinds.Clear();
    }
}
