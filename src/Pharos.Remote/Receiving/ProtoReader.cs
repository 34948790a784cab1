using System.Buffers.Binary;

namespace Pharos.Remote.Receiving;

/// <summary>
/// Reads a protobuf message from bytes that may be anything: every length is compared with what remains before it is used. A read that fails leaves the reader
/// failed, with the place; nothing is copied.
/// </summary>
internal ref struct ProtoReader
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _message;

    /// <summary>A reader of a message from a field on.</summary>
    public ProtoReader(ReadOnlySpan<byte> message, int position = 0)
    {
        _message = message;
        Position = position;
    }

    /// <summary>Where the next field begins, in bytes from the start of the message.</summary>
    public int Position { get; private set; }

    /// <summary>The bytes from the position on.</summary>
    public readonly ReadOnlySpan<byte> Rest => _message[Position..];

    /// <summary>What is wrong with the message, null as long as nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads the key of the next field. False at the end of the message or when it is malformed.</summary>
    public bool TryReadKey(out int field, out int wireType)
    {
        field = 0;
        wireType = 0;
        if (Position >= _message.Length || Error is not null)
        {
            return false;
        }

        // Keys of the messages read here are one byte.
        byte first = _message[Position];
        ulong key = first;
        if (first < 0x80)
        {
            Position++;
        }
        else if (!TryReadVarint(out key))
        {
            return false;
        }

        field = (int)(key >> 3);
        wireType = (int)(key & 7);
        return (key >> 3) is > 0 and < 1 << 29 || Fail("illegal field number");
    }

    /// <summary>Passes over fields that the caller has read from <see cref="Rest"/>.</summary>
    public void Advance(int count) => Position += count;

    /// <summary>Passes over all fields that come next, have this key of one byte and fewer than 128 bytes. Returns how many there were.</summary>
    public int SkipAll(byte key)
    {
        int count = 0;
        int position = Position;
        ReadOnlySpan<byte> message = _message;
        while (position + 1 < message.Length && message[position] == key && message[position + 1] < 0x80 && message.Length - position - 2 >= message[position + 1])
        {
            position += 2 + message[position + 1];
            count++;
        }

        Position = position;
        return count;
    }

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        int position = Position;
        for (int shift = 0; shift < 64 && position < _message.Length; shift += 7)
        {
            byte b = _message[position++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                Position = position;
                return true;
            }
        }

        return Fail(position >= _message.Length ? "unexpected end" : "number of more than 64 bits");
    }

    public bool TryReadDouble(out double value)
    {
        value = 0;
        if (_message.Length - Position < sizeof(double))
        {
            return Fail("unexpected end");
        }

        value = BinaryPrimitives.ReadDoubleLittleEndian(_message[Position..]);
        Position += sizeof(double);
        return true;
    }

    public bool TryReadFixed64(out ulong value)
    {
        bool read = TryReadDouble(out double bits);
        value = BitConverter.DoubleToUInt64Bits(bits);
        return read;
    }

    /// <summary>Reads the length and the bytes of a string or a message.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        ulong length = 0;
        if (Position < _message.Length && _message[Position] < 0x80)
        {
            length = _message[Position++];
        }
        else if (!TryReadVarint(out length))
        {
            return false;
        }

        if (length > (ulong)(_message.Length - Position))
        {
            return Fail($"length {length} where {_message.Length - Position} bytes remain");
        }

        bytes = _message.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>Passes over the value of a field that is of no interest.</summary>
    public bool TrySkip(int wireType) => wireType switch
    {
        Varint => TryReadVarint(out _),
        Fixed64 => TryReadDouble(out _),
        Bytes => TryReadBytes(out _),
        Fixed32 => TrySkipBytes(sizeof(uint)),
        _ => Fail($"illegal wire type {wireType}"),
    };

    /// <summary>Says what is wrong here; false.</summary>
    public bool Fail(string error)
    {
        Error ??= $"{error} at byte {Position}";
        return false;
    }

    /// <summary>Says what is wrong with a message inside this one, which has told its place already; false.</summary>
    public bool FailInside(string error)
    {
        Error ??= error;
        return false;
    }

    private bool TrySkipBytes(int count)
    {
        if (_message.Length - Position < count)
        {
            return Fail("unexpected end");
        }

        Position += count;
        return true;
    }
}
