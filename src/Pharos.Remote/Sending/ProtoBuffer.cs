using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Pharos.Remote.Sending;

/// <summary>A growing buffer that protobuf messages are written into. Lengths are known before their content is written, so that nothing is moved. Not thread-safe.</summary>
internal sealed class ProtoBuffer
{
    public const int MaxVarint = 10;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>How many bytes a number takes, seven bits each.</summary>
    public static int VarintLength(ulong value) => ((63 - BitOperations.LeadingZeroCount(value | 1)) / 7) + 1;

    /// <summary>How many bytes a double field takes; none for positive zero, which is not written.</summary>
    public static int DoubleLength(double value) => BitConverter.DoubleToUInt64Bits(value) == 0 ? 0 : 9;

    /// <summary>How many bytes a number field takes whose key has one byte; none for zero, which is not written.</summary>
    public static int NumberLength(ulong value) => value == 0 ? 0 : 1 + VarintLength(value);

    /// <summary>How many bytes a field of this content takes whose key has one byte.</summary>
    public static int BytesLength(int content) => 1 + VarintLength((ulong)content) + content;

    public void Clear() => Length = 0;

    /// <summary>Gives back memory that one large message took.</summary>
    public void Trim(int bytes)
    {
        if (_bytes.Length > bytes)
        {
            _bytes = [];
            Length = 0;
        }
    }

    /// <summary>Cuts the end off.</summary>
    public void SetLength(int length) => Length = length;

    /// <summary>Room for so many more bytes, so that what follows need not grow the buffer.</summary>
    public void Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, checked((int)Math.Max((long)Length + bytes, Math.Min(2L * _bytes.Length, Array.MaxLength))));
        }
    }

    public void Put(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>A text that takes so many bytes as UTF-8.</summary>
    public void Put(string text, int length)
    {
        Reserve(length);
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        Length += length;
    }

    public void PutVarint(ulong value)
    {
        Reserve(MaxVarint);
        int at = Length;
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[at++] = (byte)(value | 0x80);
        }

        _bytes[at++] = (byte)value;
        Length = at;
    }

    /// <summary>The key and the length of a message, a string or a packed list; its content follows.</summary>
    public void PutHeader(byte key, int length)
    {
        Put(key);
        PutVarint((ulong)length);
    }

    /// <summary>A double field; positive zero is left out.</summary>
    public void PutDouble(byte key, double value)
    {
        if (DoubleLength(value) > 0)
        {
            Reserve(9);
            _bytes[Length] = key;
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length + 1), value);
            Length += 9;
        }
    }

    /// <summary>A number field; zero is left out.</summary>
    public void PutNumber(byte key, ulong value)
    {
        if (value != 0)
        {
            Put(key);
            PutVarint(value);
        }
    }
}
