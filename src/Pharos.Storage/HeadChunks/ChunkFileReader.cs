using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Pharos.Core.Hashing;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.HeadChunks;

/// <summary>
/// Reads the records of one file of head chunks, front to back, and checks their sums. By reading and not through a mapping, so that the file takes no memory and a disk that fails
/// is an error. Not thread-safe.
/// </summary>
internal sealed class ChunkFileReader : IDisposable
{
    private const int WindowBytes = 1 << 20;
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowLength;
    private bool _isDone;

    /// <exception cref="CorruptionException">The file is not one of head chunks in the known version, or is longer than one can be.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ChunkFileReader(string path)
    {
        _path = path;
        _handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        Length = RandomAccess.GetLength(_handle);
        try
        {
            ReadHeader();
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Where the record after the last one that was read begins.</summary>
    public int End { get; private set; } = ChunkFileFormat.FileHeaderBytes;

    /// <summary>What is wrong with the record at <see cref="End"/>; null while all is well.</summary>
    public string? Damage { get; private set; }

    /// <summary>The file, for mapping it.</summary>
    public SafeFileHandle Handle => _handle;

    /// <summary>The next record. False at the end, where zeros begin, and at damage.</summary>
    /// <param name="record">What stands before the chunk; <see cref="ChunkRecord.Series"/> is 0 when it does not fit into 32 bits, the encoding may mean nothing.</param>
    /// <param name="dataOffset">Where the chunk begins in the file.</param>
    public bool TryRead(out ChunkRecord record, out int dataOffset)
    {
        record = default;
        dataOffset = 0;
        if (_isDone || End == Length)
        {
            return false;
        }

        ReadOnlySpan<byte> head = Window(End, ChunkFileFormat.RecordHeaderBytes + ChunkFileFormat.MaxLengthBytes + ChunkView.MinLength);
        if (head[..Math.Min(head.Length, ChunkFileFormat.RecordHeaderBytes - 1)].IndexOfAnyExcept((byte)0) < 0)
        {
            return EndAtZeros();
        }

        if (!TryReadHead(head, out record, out int headBytes))
        {
            return Fail("the file ends inside the head of a record");
        }

        if (record.MaxTime < record.MinTime || (ulong)(record.MaxTime - record.MinTime) > ClosedChunk.MaxDuration || record.Length is < ChunkView.MinLength or > ClosedChunk.MaxLength)
        {
            return Fail(string.Create(CultureInfo.InvariantCulture, $"a chunk of {record.Length} bytes from {record.MinTime} to {record.MaxTime}, which cannot be"));
        }

        int bytes = headBytes + record.Length + ChunkFileFormat.ChecksumBytes;
        ReadOnlySpan<byte> whole = Window(End, bytes);
        if (whole.Length < bytes)
        {
            return Fail(string.Create(CultureInfo.InvariantCulture, $"a record of {bytes} bytes, {whole.Length} are left"));
        }

        uint expected = BinaryPrimitives.ReadUInt32BigEndian(whole[^ChunkFileFormat.ChecksumBytes..]);
        uint actual = Crc32C.Compute(whole[..^ChunkFileFormat.ChecksumBytes]);
        if (actual != expected)
        {
            return Fail(string.Create(CultureInfo.InvariantCulture, $"checksum {actual:x8} of a record of {bytes} bytes, expected {expected:x8}"));
        }

        dataOffset = End + headBytes;
        End += bytes;
        return true;
    }

    public void Dispose() => _handle.Dispose();

    private static bool TryReadHead(ReadOnlySpan<byte> head, out ChunkRecord record, out int headBytes)
    {
        record = default;
        headBytes = ChunkFileFormat.RecordHeaderBytes;
        ulong length = 0;
        for (int i = 0; i < ChunkFileFormat.MaxLengthBytes && headBytes < head.Length; i++)
        {
            byte b = head[headBytes++];
            length |= (ulong)(b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                break;
            }
        }

        if (headBytes + ChunkView.MinLength > head.Length)
        {
            return false;
        }

        ulong series = BinaryPrimitives.ReadUInt64BigEndian(head);
        record = new ChunkRecord(
            series <= uint.MaxValue ? (uint)series : 0,
            BinaryPrimitives.ReadInt64BigEndian(head[8..]),
            BinaryPrimitives.ReadInt64BigEndian(head[16..]),
            (ChunkEncoding)(head[24] & ~ChunkFileFormat.OutOfOrder),
            BinaryPrimitives.ReadUInt16BigEndian(head[headBytes..]),
            (int)Math.Min(length, int.MaxValue),
            (head[24] & ChunkFileFormat.OutOfOrder) != 0);
        return true;
    }

    // Upstream makes files larger than their content; a file system may leave zeros where a write did not arrive before a power cut. Something behind them was not to be there.
    private bool EndAtZeros()
    {
        _isDone = true;
        for (long at = End; at < Length;)
        {
            ReadOnlySpan<byte> rest = Window(at, (int)Math.Min(WindowBytes, Length - at));
            if (rest.IsEmpty || rest.IndexOfAnyExcept((byte)0) >= 0)
            {
                return Fail("zeros where a record should be, and something behind them");
            }

            at += rest.Length;
        }

        return false;
    }

    private void ReadHeader()
    {
        if (Length > ChunkFileFormat.MaxFileBytes)
        {
            throw new CorruptionException(_path, 0, string.Create(CultureInfo.InvariantCulture, $"{Length} bytes, a file of head chunks has at most {ChunkFileFormat.MaxFileBytes}"));
        }

        ReadOnlySpan<byte> header = Window(0, ChunkFileFormat.FileHeaderBytes);
        if (header.Length < ChunkFileFormat.FileHeaderBytes)
        {
            throw new CorruptionException(_path, 0, "the header of a file of head chunks is not whole");
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (magic != ChunkFileFormat.Magic)
        {
            throw new CorruptionException(_path, 0, string.Create(CultureInfo.InvariantCulture, $"magic number {magic:x8}, that of head chunks is {ChunkFileFormat.Magic:x8}"));
        }

        if (header[4] != ChunkFileFormat.Version)
        {
            throw new CorruptionException(_path, 4, string.Create(CultureInfo.InvariantCulture, $"version {header[4]} of head chunks, 1 is known"));
        }
    }

    // So many bytes from a place on, or those that there are. Valid until the next call.
    private ReadOnlySpan<byte> Window(long offset, int bytes)
    {
        bytes = (int)Math.Min(bytes, Math.Max(0, Length - offset));
        if (offset >= _windowStart && offset + bytes <= _windowStart + _windowLength)
        {
            return _window.AsSpan((int)(offset - _windowStart), bytes);
        }

        if (bytes > _window.Length)
        {
            _window = new byte[bytes];
        }

        _windowStart = offset;
        _windowLength = 0;
        while (_windowLength < _window.Length)
        {
            int read = RandomAccess.Read(_handle, _window.AsSpan(_windowLength), offset + _windowLength);
            if (read == 0)
            {
                break;
            }

            _windowLength += read;
        }

        return _window.AsSpan(0, Math.Min(bytes, _windowLength));
    }

    private bool Fail(string what)
    {
        _isDone = true;
        Damage = what;
        return false;
    }
}
