using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Pharos.Core.Hashing;

namespace Pharos.Storage.Wal;

/// <summary>
/// Reads the records of a segment that may still grow, from any record on. Unlike <see cref="SegmentReader"/> it is told how far the segment is written, so that what it
/// finds torn before that is damage and nothing else. Not thread-safe.
/// </summary>
internal sealed class SegmentTail : IDisposable
{
    private const int PagesPerRead = 8;
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly byte[] _pages = new byte[PagesPerRead * WalFormat.PageBytes];
    private readonly RecordBuffer _record = new();
    private long _bufferOffset;
    private int _bufferLength;

    /// <exception cref="IOException">The segment cannot be opened.</exception>
    public SegmentTail(string path, long offset)
    {
        _path = path;
        _handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        Offset = offset;
    }

    /// <summary>Where the next record begins.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes that the file has.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>The next record, as it lies in the log; valid until the next call. False when none begins before the limit. After an exception the offset is as before.</summary>
    /// <exception cref="CorruptionException">What lies before the limit is no record.</exception>
    public bool TryRead(long limit, out ReadOnlySpan<byte> record, out byte flags)
    {
        record = [];
        flags = 0;
        _record.Clear();
        long at = Offset;
        bool inRecord = false;
        while (TryReadFragment(ref at, limit, out byte type, out ReadOnlySpan<byte> data))
        {
            byte kind = (byte)(type & WalFormat.TypeMask);
            if (inRecord != kind is WalFormat.Middle or WalFormat.Last || (inRecord && (type & ~WalFormat.TypeMask) != flags))
            {
                throw new CorruptionException(_path, Offset, string.Create(CultureInfo.InvariantCulture, $"fragment type {type} does not follow on what came before"));
            }

            flags = (byte)(type & ~WalFormat.TypeMask);
            if (kind is WalFormat.Full)
            {
                Offset = at;
                record = data;
                return true;
            }

            _record.Put(data);
            inRecord = true;
            if (kind is WalFormat.Last)
            {
                Offset = at;
                record = _record.Written;
                _record.Trim(16 << 20);
                return true;
            }
        }

        if (inRecord)
        {
            throw new CorruptionException(_path, Offset, "the segment ends inside a record");
        }

        Offset = at;
        return false;
    }

    public void Dispose() => _handle.Dispose();

    // Moves to the end of the fragment; over the rest of a page that is filled with zeros.
    private bool TryReadFragment(scoped ref long at, long limit, out byte type, out ReadOnlySpan<byte> data)
    {
        data = [];
        type = 0;
        while (at < limit)
        {
            long pageEnd = ((at / WalFormat.PageBytes) + 1) * WalFormat.PageBytes;
            if (pageEnd - at < WalFormat.FragmentHeaderBytes)
            {
                at = Math.Min(pageEnd, limit);
                continue;
            }

            ReadOnlySpan<byte> rest = Load(at, Math.Min(pageEnd, limit), limit);
            type = rest[0];
            if (type != WalFormat.PageEnd)
            {
                data = ReadData(rest, at);
                at += WalFormat.FragmentHeaderBytes + data.Length;
                return true;
            }

            at = Math.Min(pageEnd, limit);
        }

        return false;
    }

    private ReadOnlySpan<byte> ReadData(ReadOnlySpan<byte> rest, long at)
    {
        byte type = rest[0];
        if ((type & WalFormat.TypeMask) > WalFormat.Last || (type & ~(WalFormat.TypeMask | WalFormat.SnappyFlag | WalFormat.ZstdFlag)) != 0)
        {
            throw new CorruptionException(_path, at, string.Create(CultureInfo.InvariantCulture, $"fragment type {type} is unknown"));
        }

        int length = rest.Length < WalFormat.FragmentHeaderBytes ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
        if (length > rest.Length - WalFormat.FragmentHeaderBytes)
        {
            throw new CorruptionException(_path, at, string.Create(CultureInfo.InvariantCulture, $"a fragment does not fit into the {rest.Length} bytes that are left"));
        }

        ReadOnlySpan<byte> data = rest.Slice(WalFormat.FragmentHeaderBytes, length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(rest[3..]);
        uint actual = Crc32C.Compute(data);
        return actual == expected
            ? data
            : throw new CorruptionException(_path, at, string.Create(CultureInfo.InvariantCulture, $"checksum {actual:x8} of a fragment of {length} bytes, expected {expected:x8}"));
    }

    // The bytes from a place to another of the same page, read with those that follow where they are not in the buffer; never what lies behind the limit, which may change.
    private ReadOnlySpan<byte> Load(long from, long to, long limit)
    {
        if (from < _bufferOffset || to > _bufferOffset + _bufferLength)
        {
            _bufferOffset = from;
            _bufferLength = 0;
            int wanted = (int)Math.Min(_pages.Length, limit - from);
            while (_bufferLength < to - from)
            {
                int read = RandomAccess.Read(_handle, _pages.AsSpan(_bufferLength, wanted - _bufferLength), _bufferOffset + _bufferLength);
                if (read == 0)
                {
                    throw new CorruptionException(_path, _bufferOffset + _bufferLength, "the segment is shorter than what was written");
                }

                _bufferLength += read;
            }
        }

        return _pages.AsSpan((int)(from - _bufferOffset), (int)(to - from));
    }
}
