using System.Buffers.Binary;
using System.Globalization;
using Pharos.Core.Hashing;
using Pharos.Storage.Native;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Repair;

/// <summary>
/// The records of a damaged log segment that are whole. Behind a damage reading goes on at the next page, with the first record that begins there: nothing but a page's start is
/// known to be the start of a fragment, since lengths are not covered by checksums. Used once.
/// </summary>
internal sealed class SalvagedSegment : IDisposable
{
    private readonly MappedFile? _file;
    private readonly RecordBuffer _record = new();
    private readonly RecordBuffer _content = new();
    private long _at;
    private bool _inRecord;
    private byte _flags;

    public SalvagedSegment(string path)
    {
        // An empty file cannot be mapped, and has no records.
        _file = new FileInfo(path).Length > 0 ? new MappedFile(path) : null;
    }

    /// <summary>Records read.</summary>
    public long Records { get; private set; }

    /// <summary>Stretches that were passed over.</summary>
    public int Damages { get; private set; }

    /// <summary>Bytes of them: from the damage to the next page.</summary>
    public long BytesLost { get; private set; }

    /// <summary>Where the first damage is, or -1.</summary>
    public long FirstOffset { get; private set; } = -1;

    /// <summary>What the first damage is.</summary>
    public string FirstDamage { get; private set; } = "";

    /// <summary>The next whole record as it lies in the log; valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> record, out byte flags)
    {
        record = [];
        flags = 0;
        while (_file is not null && _at < _file.Length)
        {
            long began = _at;
            if (!TryReadFragment(out byte type, out ReadOnlySpan<byte> data))
            {
                continue;
            }

            byte kind = (byte)(type & WalFormat.TypeMask);
            byte found = (byte)(type & ~WalFormat.TypeMask);
            bool continues = kind is WalFormat.Middle or WalFormat.Last;
            if (continues != _inRecord || (continues && found != _flags))
            {
                // A record whose other part was lost; one that begins here is whole.
                Note(began, "a record of which a part is missing", continues ? _at - began : 0);
                _inRecord = false;
                if (continues)
                {
                    continue;
                }
            }

            if (!continues)
            {
                _record.Clear();
                _flags = found;
            }

            _record.Put(data);
            _inRecord = kind is WalFormat.First or WalFormat.Middle;
            if (!_inRecord && IsWhole(began))
            {
                Records++;
                record = _record.Written;
                flags = _flags;
                return true;
            }
        }

        if (_inRecord)
        {
            Note(_at, "the segment ends inside a record", _record.Length);
            _inRecord = false;
        }

        return false;
    }

    public void Dispose() => _file?.Dispose();

    // The bits that say how a record is compressed are outside of all checksums.
    private bool IsWhole(long offset)
    {
        _content.Clear();
        if (RecordCompressor.Decompress(_record.Written, _flags, _content) is not { } what)
        {
            return true;
        }

        Note(offset, what, _record.Length);
        return false;
    }

    private bool TryReadFragment(out byte type, out ReadOnlySpan<byte> data)
    {
        data = [];
        long pageEnd = Math.Min(_file!.Length, ((_at / WalFormat.PageBytes) + 1) * WalFormat.PageBytes);
        int left = (int)(pageEnd - _at);
        ReadOnlySpan<byte> rest = _file.Slice(_at, left);
        type = rest[0];
        if (type == WalFormat.PageEnd)
        {
            return rest.IndexOfAnyExcept((byte)0) < 0 ? Skip(pageEnd) : Lose(pageEnd, "the rest of the page is not zero");
        }

        int kind = type & WalFormat.TypeMask;
        if (kind is WalFormat.PageEnd or > WalFormat.Last || (type & ~(WalFormat.TypeMask | WalFormat.SnappyFlag | WalFormat.ZstdFlag)) != 0)
        {
            return Lose(pageEnd, string.Create(CultureInfo.InvariantCulture, $"fragment type {type} is unknown"));
        }

        if (left < WalFormat.FragmentHeaderBytes)
        {
            return Lose(pageEnd, "the page ends inside a fragment header");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
        if (length > left - WalFormat.FragmentHeaderBytes)
        {
            return Lose(pageEnd, string.Create(CultureInfo.InvariantCulture, $"a fragment of {length} bytes does not fit, {left - WalFormat.FragmentHeaderBytes} are left"));
        }

        data = rest.Slice(WalFormat.FragmentHeaderBytes, length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(rest[3..]);
        uint actual = Crc32C.Compute(data);
        if (actual != expected)
        {
            return Lose(pageEnd, string.Create(CultureInfo.InvariantCulture, $"checksum {actual:x8} of a fragment of {length} bytes, expected {expected:x8}"));
        }

        _at += WalFormat.FragmentHeaderBytes + length;
        return true;
    }

    private bool Skip(long to)
    {
        _at = to;
        return false;
    }

    private bool Lose(long pageEnd, string what)
    {
        Note(_at, what, pageEnd - _at);
        _inRecord = false;
        return Skip(pageEnd);
    }

    private void Note(long offset, string what, long bytes)
    {
        Damages++;
        BytesLost += bytes;
        if (FirstOffset < 0)
        {
            (FirstOffset, FirstDamage) = (offset, what);
        }
    }
}
