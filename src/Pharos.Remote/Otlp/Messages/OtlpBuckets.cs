namespace Pharos.Remote.Otlp.Messages;

/// <summary>One side of an exponential histogram: every bucket from one on.</summary>
/// <param name="Offset">The index of the first bucket, which goes from base^Offset to base^(Offset + 1).</param>
/// <param name="Counts">Of each bucket.</param>
internal readonly record struct OtlpBuckets(int Offset, Slice Counts);
