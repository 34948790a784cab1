namespace Pharos.Storage.Compaction;

/// <summary>Observations by buckets at one moment.</summary>
/// <param name="Bounds">Upper bounds, ascending, included.</param>
/// <param name="Counts">How many fell into each bucket alone; the last is for what is above all bounds.</param>
/// <param name="Sum">Sum of all.</param>
public sealed record ObservedBuckets(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts, double Sum);
