namespace Pharos.Storage.Chunks;

/// <summary>Which of a chunk and the next histogram lacks buckets that the other has.</summary>
/// <param name="IsChunkNarrow">The histogram has new buckets: the chunk must be encoded anew.</param>
/// <param name="IsSampleNarrow">The chunk has buckets that the histogram lacks: it gets them, empty.</param>
internal readonly record struct BucketFit(bool IsChunkNarrow, bool IsSampleNarrow)
{
    public static BucketFit operator |(BucketFit left, BucketFit right) =>
        new(left.IsChunkNarrow || right.IsChunkNarrow, left.IsSampleNarrow || right.IsSampleNarrow);
}
