using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Pharos.Core.Hashing;

namespace Pharos.Storage.Wal;

/// <summary>Reads the records of one segment, front to back, a page at a time. Not thread-safe.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int PagesPerRead = 32;
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly long _length;
    private readonly byte[] _pages = new byte[PagesPerRead * WalFormat.PageBytes];
    private readonly RecordBuffer _record = new();
    private long _bufferOffset;
    private int _bufferLength;
    private int _at;

    public SegmentReader(string path)
    {
        _path = path;
        _handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        _length = RandomAccess.GetLength(_handle);
    }

    /// <summary>What stopped the reading; null while all is well.</summary>
    public WalDamage? Damage { get; private set; }

    /// <summary>Where the last record began.</summary>
    public long RecordOffset { get; private set; }

    private long Offset => _bufferOffset + _at;

    /// <summary>
    /// The next record, as it lies in the log. False at the end and at damage. The bytes are valid until the next call.
    /// </summary>
    public bool TryRead(out ReadOnlySpan<byte> record, out byte flags)
    {
        record = [];
        flags = 0;
        _record.Clear();
        bool inRecord = false;
        while (Damage is null && ReadFragment(inRecord, out byte type, out ReadOnlySpan<byte> data))
        {
            byte kind = (byte)(type & WalFormat.TypeMask);
            if (inRecord != kind is WalFormat.Middle or WalFormat.Last || (inRecord && (type & ~WalFormat.TypeMask) != flags))
            {
                return Fail(string.Create(CultureInfo.InvariantCulture, $"fragment type {type} does not follow on what came before"), atEnd: false);
            }

            flags = (byte)(type & ~WalFormat.TypeMask);
            if (kind == WalFormat.Full)
            {
                record = data;
                return true;
            }

            _record.Put(data);
            inRecord = true;
            if (kind == WalFormat.Last)
            {
                record = _record.Written;
                return true;
            }
        }

        return Damage is null && inRecord ? Fail("the segment ends inside a record", atEnd: true) : false;
    }

    public void Dispose() => _handle.Dispose();

    private bool ReadFragment(bool inRecord, out byte type, out ReadOnlySpan<byte> data)
    {
        data = [];
        type = 0;
        while (true)
        {
            if (_at == _bufferLength && !Fill())
            {
                return false;
            }

            if (!inRecord)
            {
                RecordOffset = Offset;
            }

            int pageEnd = Math.Min(_bufferLength, ((_at / WalFormat.PageBytes) + 1) * WalFormat.PageBytes);
            type = _pages[_at];
            if (type == WalFormat.PageEnd)
            {
                if (_pages.AsSpan(_at, pageEnd - _at).IndexOfAnyExcept((byte)0) >= 0)
                {
                    return Fail("the rest of the page is not zero", atEnd: false);
                }

                _at = pageEnd;
                continue;
            }

            return ReadFragment(type, pageEnd, out data);
        }
    }

    private bool ReadFragment(byte type, int pageEnd, out ReadOnlySpan<byte> data)
    {
        data = [];
        bool pageIsCut = pageEnd % WalFormat.PageBytes != 0;
        if ((type & WalFormat.TypeMask) is WalFormat.PageEnd or > WalFormat.Last || (type & ~(WalFormat.TypeMask | WalFormat.SnappyFlag | WalFormat.ZstdFlag)) != 0)
        {
            return Fail(string.Create(CultureInfo.InvariantCulture, $"fragment type {type} is unknown"), atEnd: false);
        }

        if (pageEnd - _at < WalFormat.FragmentHeaderBytes)
        {
            return Fail("the page ends inside a fragment header", pageIsCut);
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_pages.AsSpan(_at + 1));
        int start = _at + WalFormat.FragmentHeaderBytes;
        if (length > pageEnd - start)
        {
            return Fail(string.Create(CultureInfo.InvariantCulture, $"a fragment of {length} bytes does not fit, {pageEnd - start} are left"), pageIsCut);
        }

        data = _pages.AsSpan(start, length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(_pages.AsSpan(_at + 3));
        uint actual = Crc32C.Compute(data);
        if (actual != expected)
        {
            bool atEnd = _bufferOffset + start + length >= _length;
            data = [];
            return Fail(string.Create(CultureInfo.InvariantCulture, $"checksum {actual:x8} of a fragment of {length} bytes, expected {expected:x8}"), atEnd);
        }

        _at = start + length;
        return true;
    }

    private bool Fill()
    {
        _bufferOffset += _bufferLength;
        _at = 0;
        _bufferLength = 0;
        while (_bufferLength < _pages.Length)
        {
            int read = RandomAccess.Read(_handle, _pages.AsSpan(_bufferLength), _bufferOffset + _bufferLength);
            if (read == 0)
            {
                break;
            }

            _bufferLength += read;
        }

        return _bufferLength > 0;
    }

    private bool Fail(string what, bool atEnd)
    {
        Damage = new WalDamage(_path, RecordOffset, Offset, what, atEnd || OnlyZerosFollow());
        return false;
    }

    // A file system may leave zeros where the last write did not arrive.
    private bool OnlyZerosFollow()
    {
        long offset = Offset;
        byte[] buffer = new byte[WalFormat.PageBytes];
        while (true)
        {
            int read = RandomAccess.Read(_handle, buffer, offset);
            if (read == 0)
            {
                return true;
            }

            if (buffer.AsSpan(0, read).IndexOfAnyExcept((byte)0) >= 0)
            {
                return false;
            }

            offset += read;
        }
    }
}
