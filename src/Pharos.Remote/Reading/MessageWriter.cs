using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Pharos.Remote.Reading;

/// <summary>Writes one protobuf message into a buffer that grows and is kept from message to message. Not thread-safe.</summary>
internal sealed class MessageWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;

    // The longest array that may be made.
    private const int MaxBytes = 0x7fff_ffc7;

    private byte[] _bytes = new byte[4096];

    /// <summary>Bytes written up to now.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Begins anew; the memory is kept.</summary>
    public void Clear() => Length = 0;

    /// <summary>A number, left out where it is 0, as proto3 encoders do.</summary>
    public void Number(int field, ulong value)
    {
        if (value != 0)
        {
            PresentNumber(field, value);
        }
    }

    /// <summary>A signed number in zigzag form, left out where it is 0.</summary>
    public void Signed(int field, long value) => Number(field, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A number of a choice between fields: written also where it is 0.</summary>
    public void PresentNumber(int field, ulong value)
    {
        PutVarint(((ulong)field << 3) | Varint);
        PutVarint(value);
    }

    /// <summary>A double, left out where all its bits are 0.</summary>
    public void Double(int field, double value)
    {
        if (BitConverter.DoubleToUInt64Bits(value) != 0)
        {
            PresentDouble(field, value);
        }
    }

    /// <summary>A double of a choice between fields: written also where it is 0.</summary>
    public void PresentDouble(int field, double value)
    {
        PutVarint(((ulong)field << 3) | Fixed64);
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(double);
    }

    /// <summary>Doubles in one run; none at all where there are none.</summary>
    public void Doubles(int field, ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        PutVarint(((ulong)field << 3) | Delimited);
        PutVarint((ulong)values.Length * sizeof(double));
        Reserve(values.Length * sizeof(double));
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), value);
            Length += sizeof(double);
        }
    }

    /// <summary>A signed number in zigzag form without a key, of a packed list that was begun as a message.</summary>
    public void PackedSigned(long value) => PutVarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A text, left out where it is empty.</summary>
    public void Text(int field, string text)
    {
        if (text.Length > 0)
        {
            int length = Encoding.UTF8.GetByteCount(text);
            PutVarint(((ulong)field << 3) | Delimited);
            PutVarint((ulong)length);
            Reserve(length);
            Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        }
    }

    /// <summary>Bytes as they are, written also where there are none.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        PutVarint(((ulong)field << 3) | Delimited);
        PutVarint((ulong)bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Begins a message within the message. What is returned goes to <see cref="End"/>.</summary>
    public int Begin(int field)
    {
        PutVarint(((ulong)field << 3) | Delimited);
        Reserve(1);
        return ++Length;
    }

    /// <summary>Ends the message that began there: its length is put before it, for which it may have to move.</summary>
    public void End(int start)
    {
        int length = Length - start;
        int more = VarintLength((ulong)length) - 1;
        if (more > 0)
        {
            Reserve(more);
            _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start + more));
        }

        int end = Length + more;
        Length = start - 1;
        PutVarint((ulong)length);
        Length = end;
    }

    /// <summary>Bytes that a number takes.</summary>
    public static int VarintLength(ulong value) => 1 + (BitOperations.Log2(value | 1) / 7);

    private void PutVarint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    private void Reserve(int more)
    {
        long wanted = (long)Length + more;
        if (wanted > _bytes.Length)
        {
            if (wanted > MaxBytes)
            {
                throw new RemoteReadException(RemoteReadException.BadRequest, "the answer is longer than 2 GiB: ask for less, or for streamed chunks");
            }

            Array.Resize(ref _bytes, (int)Math.Min(MaxBytes, Math.Max(wanted, 2L * _bytes.Length)));
        }
    }
}
