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

    /// <summary>Bytes behind this header.</summary>
    public ushort Length;

    /// <summary>How the samples are encoded.</summary>
    public ChunkEncoding Encoding;

    /// <summary>The chunk at a place in memory; the arena lets decoders read on behind it.</summary>
    public static ChunkView View(OutOfOrderChunk* chunk) => new(chunk->Encoding, (byte*)(chunk + 1), chunk->Length, chunk->MinTime, chunk->MaxTime);
}
