using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Querying;

/// <summary>
/// Finds out whether selected chunks are all of plain numbers. A block's description says whether it has histograms; not whether it has start timestamps, which depends on a
/// setting of the server that wrote it, so the first chunk of each series is looked at: a query that begins before that setting was switched on, and in
/// the same block as that, does without them. Where an old description does not tell, every chunk is looked at.
/// </summary>
internal struct ChunkKinds
{
    private readonly ChunkSegments _chunks;
    private readonly bool _everyChunk;

    public ChunkKinds(Block block)
    {
        _chunks = block.Chunks;
        BlockStats stats = block.Meta.Stats;
        _everyChunk = stats.Samples == 0 || stats.FloatSamples != stats.Samples;
    }

    /// <summary>Whether a chunk of another kind was met.</summary>
    public bool HasMoreThanNumbers { get; private set; }

    /// <summary>Looks at a chunk, where it may make a difference.</summary>
    public void Add(ulong chunk, bool isFirst)
    {
        if (!HasMoreThanNumbers && (isFirst || _everyChunk))
        {
            HasMoreThanNumbers = ChunkDecoder.HasMoreThanNumbers(_chunks.EncodingOf(chunk));
        }
    }
}
