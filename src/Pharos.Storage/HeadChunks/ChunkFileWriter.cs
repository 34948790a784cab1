using Microsoft.Win32.SafeHandles;
using Pharos.Storage.Files;
using Pharos.Storage.Native;

namespace Pharos.Storage.HeadChunks;

/// <summary>
/// Writes closed chunks to their files, behind the head, and puts the mapped files in the place of the memory; removes files that are not needed. Usable from any thread; one call
/// runs at a time. docs/decisions/0045.
/// </summary>
/// <remarks>
/// Records go to the file whole, so that a process that is killed leaves at most one torn record at the end; a file is forced to disk before the next one is begun, so that a power cut
/// never leaves a hole before what is there. What cannot be written stays in memory and is tried again; the log has all of it as well.
/// </remarks>
internal sealed class ChunkFileWriter : IDisposable
{
    private const int BytesAtOnce = 4 << 20;
    private const int MuchBytes = 16 << 20;
    private readonly ClosedChunks _chunks;
    private readonly Lock _commit;
    private readonly string _folder;
    private readonly IStoreFiles _disk;
    private readonly Action<TsdbMessage>? _log;
    private readonly Lock _lock = new();
    private int _file;
    private int _written;
    private IStoreFile? _output;
    private SafeFileHandle? _input;
    private bool _isFailing;
    private int _isScheduled;
    private bool _closed;

    /// <param name="chunks">What is written. Files that were adopted are on disk already.</param>
    /// <param name="commit">Guards <paramref name="chunks"/>.</param>
    /// <param name="folder">Made when something is written.</param>
    /// <param name="disk">How files are changed.</param>
    /// <param name="log">Told once when writing begins to fail, and when it works again.</param>
    public ChunkFileWriter(ClosedChunks chunks, Lock commit, string folder, IStoreFiles disk, Action<TsdbMessage>? log)
    {
        _chunks = chunks;
        _commit = commit;
        _folder = folder;
        _disk = disk;
        _log = log;
        _file = chunks.LastFile;
        _written = _file == 0 ? 0 : chunks.EndOf(_file);
    }

    /// <summary>Whether the last attempt failed: then nobody needs to hurry with the next one.</summary>
    public bool IsFailing => Volatile.Read(ref _isFailing);

    /// <summary>Times that the files could not be written.</summary>
    public long Failures { get; private set; }

    /// <summary>Writes what is there and maps it. Never throws for what the disk does.</summary>
    public void Write()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                Try(WriteAll, "written, they stay in memory");
            }
        }
    }

    /// <summary>As <see cref="Write"/>, and forces it to disk. False when that failed.</summary>
    /// <param name="file">The newest file, 0 without.</param>
    /// <param name="end">Where its records end.</param>
    public bool TryWriteToDisk(out int file, out int end)
    {
        lock (_lock)
        {
            long failures = Failures;
            Try(
                () =>
                {
                    WriteAll();
                    _output?.Sync();
                },
                "written, they stay in memory");
            bool isWritten = !_closed && failures == Failures;
            file = _written == 0 ? _file - 1 : _file;
            end = _written == 0 ? 0 : _written;
            return isWritten;
        }
    }

    /// <summary>As <see cref="Write"/>, when enough has come together and the disk takes it.</summary>
    public void WriteWhenMuch()
    {
        if (_chunks.UnmappedBytes >= MuchBytes && !IsFailing)
        {
            Write();
        }
    }

    /// <summary>As <see cref="WriteWhenMuch"/>, in the background; costs a comparison when there is little.</summary>
    public void ScheduleWhenMuch()
    {
        if (_chunks.UnmappedBytes >= MuchBytes && !IsFailing && Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static writer =>
                {
                    Volatile.Write(ref writer._isScheduled, 0);
                    writer.Write();
                },
                this,
                preferLocal: false);
        }
    }

    /// <summary>Removes files and frees their memory, when nobody can read them any more; the oldest first, so that no gap can stay.</summary>
    public void Remove(TakenChunks taken)
    {
        lock (_lock)
        {
            lock (_commit)
            {
                _chunks.FreeHeaders(taken);
            }

            if (!_closed)
            {
                Try(() => taken.Files.ForEach(RemoveFile), "removed, that is tried again");
            }
        }
    }

    /// <summary>Closes the files without writing what is left.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _closed = true;
            Close();
        }
    }

    /// <summary>Writes what is left and closes the files.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            Try(WriteAll, "written; the next start reads the log instead");
            Try(() => _output?.Sync(), "forced to disk; the next start reads the log instead");
            Abandon();
        }
    }

    private void Try(Action action, string consequence)
    {
        try
        {
            action();
            if (_isFailing)
            {
                _isFailing = false;
                _log?.Invoke(new TsdbMessage(TsdbSeverity.Information, $"{_folder}: head chunks are written again"));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failures++;
            Close();
            if (!_isFailing)
            {
                _isFailing = true;
                _log?.Invoke(new TsdbMessage(TsdbSeverity.Error, $"{_folder}: head chunks cannot be {consequence}: {e.Message}"));
            }
        }
    }

    private void WriteAll()
    {
        while (TryGetNext(out int end, out bool isFinished))
        {
            if (_output is null)
            {
                Open();
            }

            while (_written < end)
            {
                int bytes = Math.Min(BytesAtOnce, end - _written);
                _output!.Write(_chunks.Content(_file, _written, bytes), _written);
                _written += bytes;
            }

            if (isFinished)
            {
                ForceToDisk();
            }

            Map(end);
            if (!isFinished)
            {
                return;
            }

            Close();
            _file++;
            _written = 0;
        }
    }

    private bool TryGetNext(out int end, out bool isFinished)
    {
        lock (_commit)
        {
            if (_file < _chunks.FirstFile)
            {
                Close();
                _file = _chunks.FirstFile;
                _written = 0;
            }

            isFinished = _chunks.IsFinished(_file);
            end = _file <= _chunks.LastFile ? _chunks.EndOf(_file) : 0;
            return _file <= _chunks.LastFile && (_written < end || isFinished);
        }
    }

    private void Open()
    {
        string path = ChunkFiles.Path(_folder, _file);
        if (_written == 0)
        {
            // One that is there already has what an earlier attempt wrote.
            _disk.CreateFolder(_folder);
            _output = File.Exists(path) ? _disk.Open(path) : _disk.Create(path);
            _disk.SyncFolder(_folder);
        }
        else
        {
            _output = _disk.Open(path);
        }
    }

    // After a failure the kernel may have forgotten what did not arrive, so all of it is written once more the next time.
    private void ForceToDisk()
    {
        try
        {
            _output!.Sync();
        }
        catch (IOException)
        {
            _written = 0;
            throw;
        }
    }

    private void Map(int end)
    {
        if (_input is null)
        {
            _input = File.OpenHandle(ChunkFiles.Path(_folder, _file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!Mmap.CanMap(_input, NativeRegion.PageSize))
            {
                throw new IOException("the file system cannot map files");
            }
        }

        if (!_chunks.Map(_file, _input, end))
        {
            throw new IOException("the system refuses to map a file (vm.max_map_count)");
        }
    }

    private void RemoveFile(int file)
    {
        if (file != _chunks.FirstFile)
        {
            return;
        }

        if (file == _file)
        {
            Close();
        }

        // What was never written has no file.
        string path = ChunkFiles.Path(_folder, file);
        if (File.Exists(path))
        {
            _disk.Delete(path);
        }

        lock (_commit)
        {
            if (!_chunks.TryFree(file))
            {
                throw new IOException("the system refuses to unmap a file (vm.max_map_count)");
            }
        }
    }

    private void Close()
    {
        _output?.Dispose();
        _output = null;
        _input?.Dispose();
        _input = null;
    }
}
