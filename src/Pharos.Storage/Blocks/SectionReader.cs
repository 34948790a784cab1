using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Pharos.Core.Hashing;
using Pharos.Storage.Native;

namespace Pharos.Storage.Blocks;

/// <summary>
/// Reads the fields of a part of a mapped file, one after the other. A field that is not there as a whole is damage, named with file and offset.
/// </summary>
/// <remarks>Pointers, because sections are longer than spans can be. Invariant: the position never passes the end, which lies within the file.</remarks>
internal unsafe ref struct SectionReader
{
    private readonly MappedFile _file;
    private readonly byte* _end;
    private byte* _at;

    /// <summary>Reads a part of the file.</summary>
    /// <exception cref="CorruptionException">The part does not lie within the file.</exception>
    public SectionReader(MappedFile file, long offset, long length)
    {
        if (offset < 0 || length < 0 || length > file.Length || offset > file.Length - length)
        {
            throw new CorruptionException(file.Path, offset, string.Create(CultureInfo.InvariantCulture, $"{length} bytes are expected there, the file has {file.Length}"));
        }

        _file = file;
        _at = file.Start + offset;
        _end = _at + length;
    }

    /// <summary>Where in the file the next field is.</summary>
    public readonly long Offset => _at - _file.Start;

    /// <summary>The next byte, for who keeps within <see cref="Remaining"/>.</summary>
    public readonly byte* Pointer => _at;

    public readonly long Remaining => _end - _at;

    public readonly bool AtEnd => _at == _end;

    /// <summary>A section whose length stands before it in four bytes and its checksum behind it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the length is.</param>
    /// <param name="verify">Whether the checksum is compared, which reads the whole section.</param>
    /// <exception cref="CorruptionException">It does not lie within the file, or its checksum is another.</exception>
    public static SectionReader OpenSection(MappedFile file, long offset, bool verify)
    {
        var head = new SectionReader(file, offset, sizeof(uint));
        long length = head.ReadUInt32();
        _ = new SectionReader(file, offset, sizeof(uint) + length + sizeof(uint));
        if (verify)
        {
            Verify(file, offset + sizeof(uint), length);
        }

        return new SectionReader(file, offset + sizeof(uint), length);
    }

    /// <summary>As <see cref="OpenSection"/>, with the length as a variable number.</summary>
    public static SectionReader OpenEntry(MappedFile file, long offset, bool verify)
    {
        var head = new SectionReader(file, offset, Math.Max(0, Math.Min(10, file.Length - offset)));
        ulong length = head.ReadUvarint();
        if (length > int.MaxValue)
        {
            throw head.Damage("a length beyond 2 GiB");
        }

        _ = new SectionReader(file, head.Offset, (long)length + sizeof(uint));
        if (verify)
        {
            Verify(file, head.Offset, (long)length);
        }

        return new SectionReader(file, head.Offset, (long)length);
    }

    /// <summary>Compares the checksum of a part of the file with the four bytes behind it; all of it lies within the file.</summary>
    /// <exception cref="CorruptionException">It is another.</exception>
    public static void Verify(MappedFile file, long offset, long length)
    {
        uint checksum = 0;
        for (long done = 0; done < length;)
        {
            int part = (int)Math.Min(length - done, 1 << 30);
            checksum = Crc32C.Append(checksum, new ReadOnlySpan<byte>(file.Start + offset + done, part));
            done += part;
        }

        uint expected = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(file.Start + offset + length));
        if (checksum != expected)
        {
            throw new CorruptionException(
                file.Path, offset, string.Create(CultureInfo.InvariantCulture, $"{length} bytes have the checksum {checksum:x8}, {expected:x8} is written behind them"));
        }
    }

    public byte ReadByte()
    {
        Require(1);
        return *_at++;
    }

    /// <summary>Four bytes, big-endian.</summary>
    public uint ReadUInt32()
    {
        Require(sizeof(uint));
        uint value = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(_at));
        _at += sizeof(uint);
        return value;
    }

    /// <summary>Eight bytes, big-endian.</summary>
    public ulong ReadUInt64()
    {
        Require(sizeof(ulong));
        ulong value = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(_at));
        _at += sizeof(ulong);
        return value;
    }

    public ulong ReadUvarint()
    {
        // One or two bytes are what symbols and differences mostly take.
        if (_end - _at >= 2)
        {
            uint first = *_at;
            if (first < 0x80)
            {
                _at++;
                return first;
            }

            uint second = _at[1];
            if (second < 0x80)
            {
                _at += 2;
                return (first & 0x7f) | (second << 7);
            }
        }

        return ReadLongUvarint();
    }

    public long ReadVarint()
    {
        ulong raw = ReadUvarint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    /// <summary>A reference to a symbol.</summary>
    public uint ReadReference()
    {
        ulong value = ReadUvarint();
        return value <= uint.MaxValue ? (uint)value : throw Damage("a symbol reference beyond 32 bits");
    }

    /// <summary>Bytes after their length; valid as long as the file is open.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        ulong length = ReadUvarint();
        if (length > (ulong)Remaining || length > int.MaxValue)
        {
            throw Damage(string.Create(CultureInfo.InvariantCulture, $"a text of {length} bytes, {Remaining} are left"));
        }

        var text = new ReadOnlySpan<byte>(_at, (int)length);
        _at += length;
        return text;
    }

    public void Skip(long bytes)
    {
        Require(bytes);
        _at += bytes;
    }

    /// <summary>The exception for damage at the position.</summary>
    public readonly CorruptionException Damage(string what) => new(_file.Path, Offset, what);

    private ulong ReadLongUvarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte b = ReadByte();
            value |= (b & 0x7fUL) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Damage("a variable number of more than ten bytes");
    }

    private readonly void Require(long bytes)
    {
        if (bytes > _end - _at)
        {
            throw Damage(string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes are expected, {_end - _at} are left"));
        }
    }
}
