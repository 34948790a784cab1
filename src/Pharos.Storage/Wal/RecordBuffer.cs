using System.Buffers.Binary;

namespace Pharos.Storage.Wal;

/// <summary>A growing buffer that records are encoded into. Not thread-safe.</summary>
internal sealed class RecordBuffer
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Shrinks a buffer that one large record has blown up.</summary>
    public void Trim(int bytes)
    {
        if (_bytes.Length > bytes)
        {
            _bytes = new byte[1024];
            Length = 0;
        }
    }

    /// <summary>Room for so many bytes behind what is written; say with <see cref="Advance"/> how many were used.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, checked((int)Math.Max((long)Length + bytes, Math.Min(2L * _bytes.Length, Array.MaxLength))));
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public void Put(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void PutBigEndian(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);
        Length += 8;
    }

    public void PutUvarint(ulong value)
    {
        Span<byte> room = Reserve(10);
        int at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[at++] = (byte)(value | 0x80);
        }

        room[at++] = (byte)value;
        Length += at;
    }

    public void PutVarint(long value) => PutUvarint((ulong)((value << 1) ^ (value >> 63)));
}
