using Pharos.Storage.Chunks;

namespace Pharos.Storage.HeadChunks;

/// <summary>What stands before a closed chunk in its record.</summary>
/// <param name="Series">Reference of the series, at least 1.</param>
/// <param name="MinTime">First timestamp, milliseconds.</param>
/// <param name="MaxTime">Last timestamp, milliseconds; at most <see cref="ClosedChunk.MaxDuration"/> later.</param>
/// <param name="Encoding">How the samples are encoded.</param>
/// <param name="Count">Samples.</param>
/// <param name="Length">Bytes of the chunk, the two of the count included; at most <see cref="ClosedChunk.MaxLength"/>.</param>
/// <param name="IsOutOfOrder">Whether the samples came out of order: only upstream writes such chunks here.</param>
internal readonly record struct ChunkRecord(uint Series, long MinTime, long MaxTime, ChunkEncoding Encoding, int Count, int Length, bool IsOutOfOrder = false);
