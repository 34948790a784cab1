using System.Buffers.Binary;
using Pharos.Core.Hashing;
using Pharos.Storage.Files;

namespace Pharos.Storage.Wal;

/// <summary>
/// Writes records into pages and segments. Records are framed into a buffer and written together by <see cref="Commit"/>. One caller at a time.
/// Benchmark: <c>WalBenchmarks</c>. Format: docs/formats/wal.md.
/// </summary>
/// <remarks>
/// A write that fails leaves the log as it was: the position moves only after a whole write, and the file is cut back to it before anything else is written. Segments are
/// forced to disk when they are closed, in the background, as upstream does.
/// </remarks>
internal sealed class WalWriter : IDisposable
{
    private readonly string _folder;
    private readonly IStoreFiles _files;
    private readonly Action<string, Exception> _syncFailed;
    private readonly int _segmentBytes;
    private readonly List<Thread> _syncs = [];
    private readonly RecordBuffer _frames = new();
    private IStoreFile _file;
    private long _position;
    private bool _tailIsDirty;
    private long _syncCount;
    private long _syncFailures;

    /// <param name="folder">Exists.</param>
    /// <param name="files">How files are made.</param>
    /// <param name="firstSegment">Number of the segment that is begun; its file does not exist.</param>
    /// <param name="segmentBytes">Where a segment ends; a multiple of a page.</param>
    /// <param name="syncFailed">Told of a segment that could not be forced to disk; called from a background thread.</param>
    public WalWriter(string folder, IStoreFiles files, int firstSegment, int segmentBytes, Action<string, Exception> syncFailed)
    {
        _folder = folder;
        _files = files;
        _segmentBytes = segmentBytes;
        _syncFailed = syncFailed;
        Segment = firstSegment;
        _file = files.Create(WalSegments.Path(folder, firstSegment));
    }

    /// <summary>Number of the segment that is written now.</summary>
    public int Segment { get; private set; }

    /// <summary>Bytes written since the writer was made.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Segments forced to disk.</summary>
    public long Syncs => Volatile.Read(ref _syncCount);

    public long SyncFailures => Volatile.Read(ref _syncFailures);

    private long End => _position + _frames.Length;

    /// <summary>Frames a record. When the segment has no room for it, what was framed before is written and a new segment begun.</summary>
    /// <exception cref="IOException">The log cannot be written; nothing of this record is in it.</exception>
    public void Add(ReadOnlySpan<byte> record, bool compressed)
    {
        if (End > 0 && record.Length > Room())
        {
            NextSegment();
        }

        bool first = true;
        do
        {
            int inPage = WalFormat.PageBytes - (int)(End % WalFormat.PageBytes);
            int length = Math.Min(record.Length, inPage - WalFormat.FragmentHeaderBytes);
            bool last = length == record.Length;
            byte type = first ? (last ? WalFormat.Full : WalFormat.First) : last ? WalFormat.Last : WalFormat.Middle;
            PutFragment(compressed ? (byte)(type | WalFormat.SnappyFlag) : type, record[..length]);
            int left = inPage - WalFormat.FragmentHeaderBytes - length;
            if (left < WalFormat.FragmentHeaderBytes)
            {
                PadZeros(left);
            }

            record = record[length..];
            first = false;
        }
        while (record.Length > 0);
    }

    /// <summary>Writes what was framed. After an exception nothing of it is in the log.</summary>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public void Commit()
    {
        try
        {
            if (_tailIsDirty)
            {
                _file.SetLength(_position);
                _tailIsDirty = false;
            }

            _tailIsDirty = true;
            _file.Write(_frames.Written, _position);
            _tailIsDirty = false;
            _position += _frames.Length;
            BytesWritten += _frames.Length;
        }
        finally
        {
            if (_tailIsDirty)
            {
                TryCutTail();
            }

            _frames.Clear();
            _frames.Trim(8 << 20);
        }
    }

    /// <summary>Drops what was framed and not written, after an exception between two records.</summary>
    public void Abandon() => _frames.Clear();

    /// <summary>Writes what was framed, fills the page, and begins a new segment. The old one is forced to disk in the background.</summary>
    /// <exception cref="IOException">The log cannot be written; the old segment goes on.</exception>
    public void NextSegment()
    {
        int inPage = (int)(End % WalFormat.PageBytes);
        if (inPage > 0)
        {
            PadZeros(WalFormat.PageBytes - inPage);
        }

        Commit();
        IStoreFile next = _files.Create(WalSegments.Path(_folder, Segment + 1));
        IStoreFile full = _file;
        string path = WalSegments.Path(_folder, Segment);
        _file = next;
        _position = 0;
        Segment++;
        _syncs.RemoveAll(static thread => !thread.IsAlive);
        var sync = new Thread(() => SyncAndClose(full, path)) { IsBackground = true, Name = "wal-sync" };
        _syncs.Add(sync);
        sync.Start();
    }

    /// <summary>Forces everything to disk and closes the log.</summary>
    public void Dispose()
    {
        foreach (Thread sync in _syncs)
        {
            sync.Join();
        }

        SyncAndClose(_file, WalSegments.Path(_folder, Segment));
    }

    // Bytes that a record may have so that it does not cross the segment's end.
    private long Room()
    {
        long inPage = End % WalFormat.PageBytes;
        long pages = (_segmentBytes - End) / WalFormat.PageBytes;
        return (pages * (WalFormat.PageBytes - WalFormat.FragmentHeaderBytes))
            + (inPage == 0 ? 0 : WalFormat.PageBytes - inPage - WalFormat.FragmentHeaderBytes);
    }

    private void PutFragment(byte type, ReadOnlySpan<byte> data)
    {
        Span<byte> room = _frames.Reserve(WalFormat.FragmentHeaderBytes + data.Length);
        room[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(room[3..], Crc32C.Compute(data));
        data.CopyTo(room[WalFormat.FragmentHeaderBytes..]);
        _frames.Advance(WalFormat.FragmentHeaderBytes + data.Length);
    }

    private void PadZeros(int count)
    {
        _frames.Reserve(count)[..count].Clear();
        _frames.Advance(count);
    }

    private void TryCutTail()
    {
        try
        {
            _file.SetLength(_position);
            _tailIsDirty = false;
        }
        catch (IOException)
        {
            // Still dirty: cut before the next write, which is refused until that succeeds.
        }
    }

    private void SyncAndClose(IStoreFile file, string path)
    {
        try
        {
            using (file)
            {
                file.Sync();
            }

            _files.SyncFolder(_folder);

            Interlocked.Increment(ref _syncCount);
        }
        catch (IOException e)
        {
            Interlocked.Increment(ref _syncFailures);
            _syncFailed(path, e);
        }
    }
}
