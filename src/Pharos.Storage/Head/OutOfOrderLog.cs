using Pharos.Core.Contracts;
using Pharos.Storage.Files;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Head;

/// <summary>
/// The log of out-of-order samples, upstream's <c>wbl</c>. The folder and its first segment are made when there is something to write. Members need the commit lock.
/// Format: docs/formats/wal.md.
/// </summary>
internal sealed class OutOfOrderLog : IDisposable
{
    private readonly string _folder;
    private readonly IStoreFiles _files;
    private readonly int _segmentBytes;
    private readonly RecordCompressor _compressor;
    private readonly RecordParts _parts = new();
    private readonly Action<string, Exception> _syncFailed;
    private WalWriter? _writer;
    private readonly int _next;
    private bool _closed;

    /// <param name="folder">May be absent.</param>
    /// <param name="files">How it is changed.</param>
    /// <param name="firstSegment">Number of the segment that is begun first.</param>
    /// <param name="segmentBytes">Where a segment ends; a multiple of a page.</param>
    /// <param name="compression">Of records.</param>
    /// <param name="syncFailed">Told of a segment that could not be forced to disk; called from a background thread.</param>
    public OutOfOrderLog(string folder, IStoreFiles files, int firstSegment, int segmentBytes, WalCompression compression, Action<string, Exception> syncFailed)
    {
        _folder = folder;
        _files = files;
        _next = firstSegment;
        _segmentBytes = segmentBytes;
        _compressor = new RecordCompressor(compression);
        _syncFailed = syncFailed;
    }

    /// <summary>Where it lies; may be absent.</summary>
    public string Folder => _folder;

    /// <summary>Whether there is a log, be it of an earlier start.</summary>
    public bool Exists => _writer is not null || _next > 0;

    /// <summary>Whether there are samples in the log that were deleted afterwards.</summary>
    public bool HasDeletions { get; set; }

    /// <summary>The segment that is written now; -1 before there is one.</summary>
    public int Segment => _writer?.Segment ?? (_next - 1);

    /// <summary>Writes that failed.</summary>
    public long Failures { get; private set; }

    /// <summary>Bytes on disk.</summary>
    public long StorageBytes => Directory.Exists(_folder) ? WalSegments.StorageBytes(_folder) : 0;

    /// <summary>Writes a record, all or nothing.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        _parts.Clear();
        _parts.Add(record, _compressor);
        Write(_parts);
    }

    /// <summary>Writes records, all or nothing of those that one segment has room for.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public void Write(RecordParts records)
    {
        ThrowIfClosed();
        try
        {
            _writer ??= Begin();
            records.AddTo(_writer);
            _writer.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(e);
        }
    }

    /// <summary>Takes what was written last out of the log again, as far as it is in one segment.</summary>
    public void TakeBack() => _writer?.TakeBack();

    /// <summary>Begins a new segment; returns the number of the last one before it, which holds nothing newer.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public int Cut()
    {
        ThrowIfClosed();
        if (_writer is null)
        {
            return _next - 1;
        }

        try
        {
            _writer.NextSegment();
            return _writer.Segment - 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(e);
        }
    }

    /// <summary>Bytes written since the start, for <see cref="SyncUpTo"/>.</summary>
    public long BytesWritten => _writer?.BytesWritten ?? 0;

    /// <summary>Returns when what was written is on disk, up to a value of <see cref="BytesWritten"/>. Needs no lock.</summary>
    /// <exception cref="StorageUnavailableException">The disk refuses: a power cut may cost what was written since the last time.</exception>
    public void SyncUpTo(long bytesWritten)
    {
        try
        {
            _writer?.SyncUpTo(bytesWritten);
        }
        catch (IOException e)
        {
            Failures++;
            throw new StorageUnavailableException($"the log of out-of-order samples in {_folder} could not be forced to disk: {e.Message}", e);
        }
    }

    /// <summary>Removes the segments up to a number.</summary>
    /// <exception cref="IOException">One cannot be removed; it and those after it are there still.</exception>
    public void RemoveUpTo(int last)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (int segment in WalSegments.List(_folder))
        {
            if (segment <= last)
            {
                _files.Delete(WalSegments.Path(_folder, segment));
            }
        }

        _files.SyncFolder(_folder);
    }

    /// <summary>Forces everything to disk and closes.</summary>
    public void Dispose()
    {
        _closed = true;
        _writer?.Dispose();
        _writer = null;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new StorageUnavailableException("the store is closed");
        }
    }

    private StorageUnavailableException Refuse(Exception e)
    {
        _writer?.Abandon();
        Failures++;
        return new StorageUnavailableException($"the log of out-of-order samples in {_folder} cannot be written: {e.Message}", e);
    }

    private WalWriter Begin()
    {
        _files.CreateFolder(_folder);
        _files.SyncFolder(Path.GetDirectoryName(_folder)!);
        return new WalWriter(_folder, _files, _next, _segmentBytes, _syncFailed);
    }
}
