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
/// forced to disk when they are closed, in the background, as upstream does; <see cref="SyncUpTo"/> does it at once, beside the writer. After a failure nobody can tell what
/// the disk has of a segment, so that the next record begins a new one.
/// </remarks>
internal sealed class WalWriter : IDisposable
{
    private readonly string _folder;
    private readonly IStoreFiles _files;
    private readonly Action<string, Exception> _syncFailed;
    private readonly int _segmentBytes;
    private readonly List<Thread> _syncs = [];
    private readonly RecordBuffer _frames = new();
    private readonly Lock _syncLock = new();
    private readonly Lock _fullLock = new();
    private List<(IStoreFile File, string Path)> _full = [];
    private IStoreFile _file;
    private long _position;
    private long _committedFrom;
    private bool _tailIsDirty;
    private volatile bool _isDoubtful;
    private long _bytesWritten;
    private long _synced;
    private int _syncedSegment = -1;
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

    /// <summary>Bytes of the segment that are written.</summary>
    public long Position => _position;

    /// <summary>Bytes written since the writer was made.</summary>
    public long BytesWritten => Volatile.Read(ref _bytesWritten);

    /// <summary>How often something was forced to disk.</summary>
    public long Syncs => Volatile.Read(ref _syncCount);

    public long SyncFailures => Volatile.Read(ref _syncFailures);

    private long End => _position + _frames.Length;

    /// <summary>Frames a record. When the segment has no room for it, what was framed before is written and a new segment begun.</summary>
    /// <exception cref="IOException">The log cannot be written; nothing of this record is in it.</exception>
    public void Add(ReadOnlySpan<byte> record, WalCompression compression)
    {
        if (End > 0 && (record.Length > Room() || (_isDoubtful && _frames.Length == 0)))
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
            PutFragment((byte)(type | (byte)compression), record[..length]);
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
            _committedFrom = _position;
            _position += _frames.Length;
            Volatile.Write(ref _bytesWritten, _bytesWritten + _frames.Length);
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

    /// <summary>
    /// Takes the last commit out of the log again, as far as it is in the segment that is written now: all of it, where it was one record. What cannot be cut at once is cut
    /// before anything else is written.
    /// </summary>
    public void TakeBack()
    {
        if (_committedFrom < _position)
        {
            _position = _committedFrom;
            _tailIsDirty = true;
            TryCutTail();
        }
    }

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
        lock (_fullLock)
        {
            _full.Add((_file, WalSegments.Path(_folder, Segment)));
            _file = next;
            Segment++;
        }

        _position = 0;
        _isDoubtful = false;
        _committedFrom = 0;
        _syncs.RemoveAll(static thread => !thread.IsAlive);
        var sync = new Thread(SyncFull) { IsBackground = true, Name = "wal-sync" };
        _syncs.Add(sync);
        sync.Start();
    }

    /// <summary>
    /// Returns when everything up to a value of <see cref="BytesWritten"/> is on disk. May be called by any thread beside the writer; callers that come while the disk is busy
    /// share the next turn.
    /// </summary>
    /// <exception cref="IOException">The disk refuses. What was written since the last time may or may not be there; the next record begins a new segment.</exception>
    public void SyncUpTo(long bytesWritten)
    {
        if (Volatile.Read(ref _synced) >= bytesWritten)
        {
            return;
        }

        lock (_syncLock)
        {
            if (_synced >= bytesWritten)
            {
                return;
            }

            List<(IStoreFile File, string Path)> full;
            IStoreFile file;
            int segment;
            long upTo;
            lock (_fullLock)
            {
                full = TakeFull();
                file = _file;
                segment = Segment;
                upTo = BytesWritten;
            }

            try
            {
                // Nobody closes this file meanwhile: that needs the lock of this turn.
                bool isWhole = SyncAndClose(full);
                file.Sync();
                SyncFolder(segment);
                if (!isWhole)
                {
                    throw new IOException("a segment before could not be forced to disk");
                }

                Volatile.Write(ref _synced, upTo);
                Interlocked.Increment(ref _syncCount);
            }
            catch (IOException)
            {
                _isDoubtful = true;
                Interlocked.Increment(ref _syncFailures);
                throw;
            }
        }
    }

    /// <summary>Forces everything to disk and closes the log.</summary>
    public void Dispose()
    {
        foreach (Thread sync in _syncs)
        {
            sync.Join();
        }

        lock (_syncLock)
        {
            SyncAndClose([.. TakeFull(), (_file, WalSegments.Path(_folder, Segment))]);
        }
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

    private void SyncFull()
    {
        lock (_syncLock)
        {
            List<(IStoreFile File, string Path)> full;
            lock (_fullLock)
            {
                full = TakeFull();
            }

            SyncAndClose(full);
        }
    }

    private List<(IStoreFile File, string Path)> TakeFull()
    {
        List<(IStoreFile File, string Path)> full = _full;
        _full = [];
        return full;
    }

    // Under the lock of the turn. False when one of them could not be forced to disk, which is told.
    private bool SyncAndClose(List<(IStoreFile File, string Path)> full)
    {
        bool isWhole = true;
        foreach ((IStoreFile file, string path) in full)
        {
            try
            {
                using (file)
                {
                    file.Sync();
                }

                SyncFolder(Segment);
                Interlocked.Increment(ref _syncCount);
            }
            catch (IOException e)
            {
                isWhole = false;
                Interlocked.Increment(ref _syncFailures);
                _syncFailed(path, e);
            }
        }

        return isWhole;
    }

    // So that the newest segment has a name on disk.
    private void SyncFolder(int segment)
    {
        if (_syncedSegment != segment)
        {
            _files.SyncFolder(_folder);
            _syncedSegment = segment;
        }
    }
}
