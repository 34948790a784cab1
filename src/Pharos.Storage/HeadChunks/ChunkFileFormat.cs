using System.Buffers.Binary;

namespace Pharos.Storage.HeadChunks;

/// <summary>Numbers of upstream's files of head chunks. They never change. docs/formats/chunks_head.md.</summary>
internal static class ChunkFileFormat
{
    /// <summary>Magic number (4 bytes, big-endian), version, three zeros.</summary>
    public const int FileHeaderBytes = 8;

    public const uint Magic = 0x0130_BC91;

    public const byte Version = 1;

    /// <summary>A file is at most so long.</summary>
    public const int MaxFileBytes = 128 << 20;

    /// <summary>Series, first and last time (8 bytes each, big-endian), encoding. The length as a varint and the chunk follow.</summary>
    public const int RecordHeaderBytes = 25;

    /// <summary>Varint of the length at most.</summary>
    public const int MaxLengthBytes = 5;

    /// <summary>CRC-32C of everything before it in the record, big-endian.</summary>
    public const int ChecksumBytes = 4;

    /// <summary>What a record takes at most, besides the chunk.</summary>
    public const int MaxFrameBytes = RecordHeaderBytes + MaxLengthBytes + ChecksumBytes;

    /// <summary>The bit of the encoding that says that a chunk's samples came out of order.</summary>
    public const byte OutOfOrder = 0x80;

    /// <summary>Puts the first bytes of a file.</summary>
    public static void WriteFileHeader(Span<byte> room)
    {
        BinaryPrimitives.WriteUInt32BigEndian(room, Magic);
        room[4..FileHeaderBytes].Clear();
        room[4] = Version;
    }
}
