using System.Buffers;
using System.Buffers.Binary;
using Pharos.Core.Files;
using Pharos.Core.Hashing;

namespace Pharos.Alerting.Persistence;

/// <summary>
/// A file that is only appended to: what was acknowledged is there after a crash. Records that are appended while the disk is busy share one flush.
/// A torn or damaged tail is cut off when the file is opened. Format: docs/formats/record-log.md; why: docs/decisions/0074. Thread-safe.
/// </summary>
internal sealed class RecordLog : IDisposable
{
    /// <summary>No record is longer, in bytes.</summary>
    public const int MaxRecordBytes = 16 << 20;

    private const int FrameBytes = 8;
    private static readonly byte[] Magic = "PHRLOG01"u8.ToArray();

    private readonly Lock _lock = new(); // guards the pending batch and who writes it
    private readonly SemaphoreSlim _file = new(1); // who may use the file
    private readonly string _path;
    private FileStream _stream;
    private Batch _pending = new();
    private bool _isWriting;
    private long _length;

    private RecordLog(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        _length = stream.Length;
    }

    /// <summary>Bytes in the file that are whole records.</summary>
    public long Length => Interlocked.Read(ref _length);

    /// <summary>Opens or makes the file, and its folder. Every record is handed over in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replay">Takes each record; the bytes are valid during the call. What it cannot read it skips itself.</param>
    /// <param name="cutBytes">How many bytes at the end were no whole records and were cut.</param>
    /// <exception cref="IOException">The file or folder cannot be used.</exception>
    public static RecordLog Open(string path, Action<ReadOnlySpan<byte>> replay, out long cutBytes)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        FileStream stream = OpenFile(path, FileMode.OpenOrCreate);
        try
        {
            long whole = Read(stream, replay);
            cutBytes = stream.Length - whole;
            stream.SetLength(whole);
            if (whole == 0)
            {
                stream.Position = 0;
                stream.Write(Magic);
            }

            stream.Flush(flushToDisk: true);
            FolderSync.Flush(folder);
            stream.Position = stream.Length;
            return new RecordLog(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the record is on the disk.</summary>
    /// <exception cref="IOException">It could not be written; the file is as before.</exception>
    public Task AppendAsync(ReadOnlySpan<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, MaxRecordBytes);
        lock (_lock)
        {
            Batch batch = _pending;
            Frame(batch.Bytes, record);
            if (!_isWriting)
            {
                _isWriting = true;
                _ = Task.Run(WriteBatchesAsync);
            }

            return batch.Written.Task;
        }
    }

    /// <summary>Replaces the content by the given records, whole or not at all. What is appended meanwhile comes after it.</summary>
    /// <param name="records">Asked once no append is under way: they hold at least what every append before says.</param>
    /// <param name="cancellationToken">Ends the waiting for the file.</param>
    /// <exception cref="IOException">It could not be written; the file is as before.</exception>
    public async Task ReplaceAsync(Func<IEnumerable<byte[]>> records, CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Replace(records());
        }
        finally
        {
            _file.Release();
        }
    }

    /// <summary>The caller has waited for its appends.</summary>
    public void Dispose()
    {
        _file.Wait();
        _stream.Dispose();
        _file.Dispose();
    }

    private void Replace(IEnumerable<byte[]> records)
    {
        string temporary = _path + ".tmp";
        FileStream next = OpenFile(temporary, FileMode.Create);
        try
        {
            next.Write(Magic);
            var frame = new ArrayBufferWriter<byte>();
            foreach (byte[] record in records)
            {
                frame.ResetWrittenCount();
                Frame(frame, record);
                next.Write(frame.WrittenSpan);
            }

            next.Flush(flushToDisk: true);
            File.Move(temporary, _path, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        }
        catch
        {
            next.Dispose();
            throw;
        }

        _stream.Dispose();
        _stream = next;
        Interlocked.Exchange(ref _length, next.Length);
    }

    private static FileStream OpenFile(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.ReadWrite,
        Share = FileShare.Read | FileShare.Delete,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    // Returns where the last whole record ends; 0 when not even the head is there.
    private static long Read(FileStream stream, Action<ReadOnlySpan<byte>> replay)
    {
        Span<byte> head = stackalloc byte[FrameBytes];
        if (stream.ReadAtLeast(head, FrameBytes, throwOnEndOfStream: false) < FrameBytes || !head.SequenceEqual(Magic))
        {
            return 0;
        }

        long end = FrameBytes;
        while (stream.ReadAtLeast(head, FrameBytes, throwOnEndOfStream: false) == FrameBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head);
            uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (length is 0 or > MaxRecordBytes || length > stream.Length - end - FrameBytes)
            {
                break;
            }

            byte[] record = ArrayPool<byte>.Shared.Rent((int)length);
            try
            {
                Span<byte> bytes = record.AsSpan(0, (int)length);
                stream.ReadExactly(bytes);
                if (Crc32C.Compute(bytes) != checksum)
                {
                    break;
                }

                replay(bytes);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(record);
            }

            end += FrameBytes + length;
        }

        return end;
    }

    private static void Frame(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> record)
    {
        Span<byte> head = output.GetSpan(FrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Crc32C.Compute(record));
        output.Advance(FrameBytes);
        output.Write(record);
    }

    private async Task WriteBatchesAsync()
    {
        while (true)
        {
            await _file.WaitAsync().ConfigureAwait(false);
            try
            {
                Batch? batch = TakeBatch();
                if (batch is null)
                {
                    return;
                }

                Write(batch);
            }
            finally
            {
                _file.Release();
            }
        }
    }

    private Batch? TakeBatch()
    {
        lock (_lock)
        {
            Batch batch = _pending;
            if (batch.Bytes.WrittenCount == 0)
            {
                _isWriting = false;
                return null;
            }

            _pending = new Batch();
            return batch;
        }
    }

    private void Write(Batch batch)
    {
        try
        {
            _stream.Position = _length;
            _stream.Write(batch.Bytes.WrittenSpan);
            _stream.Flush(flushToDisk: true);
            Interlocked.Add(ref _length, batch.Bytes.WrittenCount);
            batch.Written.SetResult();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // What was half written is overwritten by the next batch, or cut at the next start.
            batch.Written.SetException(new IOException($"{_path} could not be written: {exception.Message}", exception));
        }
    }

    private sealed class Batch
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new();

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
