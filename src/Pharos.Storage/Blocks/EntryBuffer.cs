using System.Buffers.Binary;

namespace Pharos.Storage.Blocks;

/// <summary>Bytes of one entry of a file, in upstream's encodings; grows to the largest entry and is used again. For one thread.</summary>
internal sealed class EntryBuffer
{
    private const int MaxVarintBytes = 10;
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    /// <summary>What was put since the last <see cref="Clear"/>; valid until the next put.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Put(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Put(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(Length));
        Length += value.Length;
    }

    public void PutBigEndian(uint value)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(uint);
    }

    public void PutBigEndian(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(ulong);
    }

    public void PutUvarint(ulong value)
    {
        Reserve(MaxVarintBytes);
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[Length++] = (byte)(value | 0x80);
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>Zigzag, then as <see cref="PutUvarint"/>.</summary>
    public void PutVarint(long value) => PutUvarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>The length as a varint, and the bytes.</summary>
    public void PutField(ReadOnlySpan<byte> value)
    {
        PutUvarint((ulong)value.Length);
        Put(value);
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(Length + more, 2 * _bytes.Length));
        }
    }
}
