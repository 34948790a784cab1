namespace Pharos.Storage.Blocks;

/// <summary>What the index says of a chunk.</summary>
/// <param name="MinTime">Time of its first sample, milliseconds.</param>
/// <param name="MaxTime">Time of its last sample.</param>
/// <param name="Reference">Number of the segment, from 0, in the upper 32 bits, and where the chunk begins in it.</param>
internal readonly record struct BlockChunk(long MinTime, long MaxTime, ulong Reference);
