using System.Buffers.Binary;

namespace Pharos.Storage.Wal;

/// <summary>Reads the fields of a record. After a field that is not there <see cref="Failed"/> stays true and all further fields are zero or empty.</summary>
internal ref struct RecordReader
{
    private ReadOnlySpan<byte> _rest;

    public RecordReader(ReadOnlySpan<byte> record)
    {
        _rest = record;
    }

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _rest.Length;

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadBigEndian());

    public ulong ReadBigEndian()
    {
        ReadOnlySpan<byte> field = ReadBytes(8);
        return field.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64BigEndian(field);
    }

    public byte ReadByte()
    {
        ReadOnlySpan<byte> field = ReadBytes(1);
        return field.IsEmpty ? (byte)0 : field[0];
    }

    public ulong ReadUvarint()
    {
        // One or two bytes are what differences mostly take.
        if (_rest.Length >= 2)
        {
            byte first = _rest[0];
            byte second = _rest[1];
            if (first < 0x80)
            {
                _rest = _rest[1..];
                return first;
            }

            if (second < 0x80)
            {
                _rest = _rest[2..];
                return (first & 0x7fu) | ((uint)second << 7);
            }
        }

        return ReadLongUvarint();
    }

    public long ReadVarint()
    {
        ulong raw = ReadUvarint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    /// <summary>A field that starts with its length.</summary>
    public ReadOnlySpan<byte> ReadField()
    {
        ulong length = ReadUvarint();
        if (length > (ulong)_rest.Length)
        {
            Fail();
            return [];
        }

        return ReadBytes((int)length);
    }

    /// <summary>Says that what was read means nothing.</summary>
    public void Fail()
    {
        Failed = true;
        _rest = [];
    }

    private ulong ReadLongUvarint()
    {
        ulong result = 0;
        for (int i = 0; i < _rest.Length && i < 10; i++)
        {
            byte b = _rest[i];
            result |= (ulong)(b & 0x7f) << (7 * i);
            if (b < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return result;
            }
        }

        Fail();
        return 0;
    }

    private ReadOnlySpan<byte> ReadBytes(int length)
    {
        if (length > _rest.Length)
        {
            Fail();
            return [];
        }

        ReadOnlySpan<byte> field = _rest[..length];
        _rest = _rest[length..];
        return field;
    }
}
