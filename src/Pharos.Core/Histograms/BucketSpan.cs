namespace Pharos.Core.Histograms;

/// <summary>A run of neighbouring buckets.</summary>
/// <param name="Offset">Buckets left out since the end of the span before; for the first span, its bucket index.</param>
/// <param name="Length">Buckets in the run.</param>
public readonly record struct BucketSpan(int Offset, int Length);
