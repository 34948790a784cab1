using System.Runtime.InteropServices;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Head;

/// <summary>What stands before a chunk of out-of-order samples in memory; behind it the chunk as upstream stores it.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal unsafe struct OutOfOrderChunk
{
    public const int Bytes = 24;

    /// <summary>First timestamp, milliseconds.</summary>
    public long MinTime;

    /// <summary>Last timestamp, milliseconds.</summary>
    public long MaxTime;

    /// <summary>The chunk closed before in units of the arena; 0: none. Its times may be anywhere.</summary>
    public uint Previous;

    private uint _lengthAndEncoding;

    /// <summary>Says how many bytes stand behind this header, below 16 MiB, and how the samples are encoded.</summary>
    public void SetContent(int length, ChunkEncoding encoding) => _lengthAndEncoding = ((uint)length << 8) | (byte)encoding;

    /// <summary>The chunk at a place in memory; the arena lets decoders read on behind it.</summary>
    public static ChunkView View(OutOfOrderChunk* chunk) => new(
        (ChunkEncoding)chunk->_lengthAndEncoding, (byte*)(chunk + 1), (int)(chunk->_lengthAndEncoding >> 8), chunk->MinTime, chunk->MaxTime);
}
