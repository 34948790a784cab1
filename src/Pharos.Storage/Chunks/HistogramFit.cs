namespace Pharos.Storage.Chunks;

/// <summary>Whether a histogram may go on in a chunk.</summary>
/// <param name="IsOk">Whether it may; else a chunk begins with it.</param>
/// <param name="ResetHeader">One of <see cref="HistogramChunkHeader"/>: what is known of a reset between the two.</param>
/// <param name="Positive">How the positive buckets go together.</param>
/// <param name="Negative">How the negative buckets go together.</param>
internal readonly record struct HistogramFit(bool IsOk, byte ResetHeader, BucketFit Positive = default, BucketFit Negative = default)
{
    public BucketFit Both => Positive | Negative;

    public static HistogramFit No(byte resetHeader) => new(IsOk: false, resetHeader);
}
