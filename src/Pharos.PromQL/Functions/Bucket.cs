namespace Pharos.PromQL.Functions;

/// <summary>One bucket of a classic histogram: all observations up to a bound.</summary>
internal record struct Bucket(double UpperBound, double Count);
