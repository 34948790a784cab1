namespace Pharos.Testing.Queries;

/// <summary>The data that generated queries are about.</summary>
/// <param name="Metrics">The metrics.</param>
/// <param name="Labels">The labels that most metrics share, which tell their series apart.</param>
/// <param name="Values">The values that each label occurs with.</param>
/// <param name="Start">The first sample's time, milliseconds.</param>
/// <param name="End">The last sample's time, milliseconds.</param>
/// <param name="Interval">The usual distance between samples, milliseconds.</param>
public sealed record QueryWorld(
    IReadOnlyList<MetricShape> Metrics,
    IReadOnlyList<string> Labels,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Values,
    long Start,
    long End,
    long Interval);
