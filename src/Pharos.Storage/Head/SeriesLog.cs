using Pharos.Core.Contracts;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>
/// The head's side of the write-ahead log: records of new series wait here until the next samples are written, and go before them. Members that write need the commit lock;
/// <see cref="AddSeries"/> may be called by any thread.
/// </summary>
internal sealed class SeriesLog : IDisposable
{
    private const int PendingLimit = 64 << 20;
    private const int WriteAt = 1 << 20;
    private readonly Lock _lock = new();
    private readonly WalWriter _writer;
    private readonly string _folder;
    private RecordBuffer _pending = new();
    private RecordBuffer _writing = new();
    private long _backlog;
    private long _waiting;
    private readonly SortedDictionary<int, long> _newestTimes = [];
    private int _segment;
    private bool _closed;

    public SeriesLog(WalWriter writer, string folder)
    {
        _writer = writer;
        _folder = folder;
        _segment = writer.Segment;
        End = new LogEnd(writer.Segment);
    }

    /// <summary>Up to where the log is written, for those who follow it.</summary>
    public LogEnd End { get; }

    /// <summary>The newest time of the head when a segment was left behind, by segment.</summary>
    public SortedDictionary<int, long> NewestTimes => _newestTimes;

    /// <summary>Whether so much waits that <see cref="Write"/> should be called before more is added.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) > WriteAt;

    /// <summary>Writes that failed.</summary>
    public long Failures { get; private set; }

    public WalWriter Writer => _writer;

    /// <summary>Notes a new series; to be called before anybody can learn its reference.</summary>
    /// <exception cref="StorageUnavailableException">The log has not taken anything for long.</exception>
    public void AddSeries(uint reference, ReadOnlySpan<byte> labelBytes)
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new StorageUnavailableException("the store is closed");
            }

            if (_pending.Length + _backlog > PendingLimit)
            {
                throw new StorageUnavailableException($"the write-ahead log in {_folder} cannot be written, and {PendingLimit} bytes of new series wait for it");
            }

            if (_pending.Length == 0)
            {
                _pending.Put((byte)WalRecordKind.Series);
            }

            _pending.PutBigEndian(reference);
            _pending.PutUvarint((ulong)LabelBytes.Count(labelBytes));
            _pending.Advance(LabelBytes.CopyFields(labelBytes, _pending.Reserve(labelBytes.Length)));
            Volatile.Write(ref _waiting, _pending.Length + _backlog);
        }
    }

    /// <summary>Writes the waiting series and then the record, all or nothing of the record.</summary>
    /// <param name="record">May be empty: then only the series are written.</param>
    /// <param name="compression">How the record is compressed.</param>
    /// <param name="newestTime">Newest time of what was written before.</param>
    /// <param name="parts">Records that follow; a power cut between two of them may cost the later ones.</param>
    /// <exception cref="StorageUnavailableException">The log cannot be written; nothing of the record is in it.</exception>
    public void Write(ReadOnlySpan<byte> record, WalCompression compression, long newestTime, RecordParts? parts = null)
    {
        if (_closed)
        {
            throw new StorageUnavailableException("the store is closed");
        }

        TakePending();
        try
        {
            if (_writing.Length > 0)
            {
                _writer.Add(_writing.Written, WalCompression.None);
            }

            if (record.Length > 0)
            {
                _writer.Add(record, compression);
            }

            parts?.AddTo(_writer);

            _writer.Commit();
            NoteSegment(newestTime);
            End.MoveTo(_writer.Segment, _writer.Position);
            _writing.Clear();
            _writing.Trim(PendingLimit / 16);
            lock (_lock)
            {
                _backlog = 0;
                Volatile.Write(ref _waiting, _pending.Length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _writer.Abandon();
            Failures++;
            throw new StorageUnavailableException($"the write-ahead log in {_folder} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Returns when what was written is on disk, up to a value of the writer's count of bytes. Needs no lock.</summary>
    /// <exception cref="StorageUnavailableException">The disk refuses: a power cut may cost what was written since the last time.</exception>
    public void SyncUpTo(long bytesWritten)
    {
        try
        {
            _writer.SyncUpTo(bytesWritten);
        }
        catch (IOException e)
        {
            Failures++;
            throw new StorageUnavailableException($"the write-ahead log in {_folder} could not be forced to disk: {e.Message}", e);
        }
    }

    /// <summary>Begins a new segment.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public void NextSegment(long newestTime)
    {
        try
        {
            _writer.NextSegment();
            NoteSegment(newestTime);
            End.MoveTo(_writer.Segment, _writer.Position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _writer.Abandon();
            Failures++;
            throw new StorageUnavailableException($"the write-ahead log in {_folder} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes what waits, forces everything to disk and closes. Under the commit lock.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        try
        {
            Write([], WalCompression.None, long.MaxValue);
        }
        finally
        {
            lock (_lock)
            {
                _closed = true;
            }

            _writer.Dispose();
        }
    }

    private void NoteSegment(long newestTime)
    {
        for (; _segment < _writer.Segment; _segment++)
        {
            _newestTimes[_segment] = newestTime;
        }
    }

    // Series that could not be written stay in _writing, the newer ones join them, and all go first the next time.
    private void TakePending()
    {
        lock (_lock)
        {
            if (_writing.Length == 0)
            {
                (_pending, _writing) = (_writing, _pending);
            }
            else if (_pending.Length > 0)
            {
                _writing.Put(_pending.Written[1..]);
                _pending.Clear();
            }

            _backlog = _writing.Length;
        }
    }
}
