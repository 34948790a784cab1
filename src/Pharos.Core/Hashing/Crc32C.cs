using System.Buffers.Binary;
using System.Numerics;

namespace Pharos.Core.Hashing;

/// <summary>The Castagnoli checksum (CRC-32C), initial value and final complement included, as logs, chunks and blocks carry it.</summary>
public static class Crc32C
{
    /// <summary>The checksum of the bytes; 0 of none.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of what gave <paramref name="checksum"/>, followed by these bytes.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~checksum;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
