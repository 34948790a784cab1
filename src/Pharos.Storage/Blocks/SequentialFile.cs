using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Pharos.Storage.Files;

namespace Pharos.Storage.Blocks;

/// <summary>A new file, written from front to back through one buffer; what was written can be read and overwritten in place. For one thread.</summary>
/// <remarks>
/// It is forced to disk every few megabytes: a block that is written in the background leaves no mountain of dirty pages that the log's own writes would have to wait for.
/// </remarks>
internal sealed class SequentialFile : IDisposable
{
    private const int BufferBytes = 256 << 10;
    private const long SyncEvery = 16 << 20;
    private readonly IStoreFile _file;
    private readonly bool _isTemporary;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private SafeFileHandle? _reader;
    private int _used;
    private long _flushed;
    private long _synced;

    /// <param name="files">Makes it.</param>
    /// <param name="path">Must not exist.</param>
    /// <param name="isTemporary">Whether it need not reach the disk.</param>
    public SequentialFile(IStoreFiles files, string path, bool isTemporary = false)
    {
        Path = path;
        _file = files.Create(path);
        _isTemporary = isTemporary;
    }

    public string Path { get; }

    /// <summary>Bytes written.</summary>
    public long Position => _flushed + _used;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - _used)
        {
            Flush();
            if (bytes.Length >= BufferBytes)
            {
                WriteThrough(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    public void WriteBigEndian(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>Writes zeros up to the next multiple of a power of two, at most 16.</summary>
    public void Pad(int alignment)
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[16];
        Write(zeros[..(int)(-Position & (alignment - 1))]);
    }

    /// <summary>Overwrites what was written.</summary>
    public void WriteAt(long position, uint bigEndian)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bigEndian);
        Flush();
        _file.Write(bytes, position);
    }

    /// <summary>Reads what was written and flushed, filling the room as far as there is something; returns how many bytes.</summary>
    public int ReadAt(long position, Span<byte> room)
    {
        _reader ??= File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int read = 0;
        while (read < room.Length)
        {
            int more = RandomAccess.Read(_reader, room[read..], position + read);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return read;
    }

    /// <summary>Hands the buffer to the system.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            WriteThrough(_buffer.AsSpan(0, _used));
            _used = 0;
        }
    }

    /// <summary>Writes what waits and forces all of it to disk.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    public void Finish()
    {
        Flush();
        _file.Sync();
    }

    /// <summary>Closes the file; what was not flushed is gone.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _file.Dispose();
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes, _flushed);
        _flushed += bytes.Length;
        if (_flushed - _synced >= SyncEvery && !_isTemporary)
        {
            _synced = _flushed;
            _file.Sync();
        }
    }
}
