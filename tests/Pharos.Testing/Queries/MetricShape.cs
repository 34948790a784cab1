namespace Pharos.Testing.Queries;

/// <summary>What a generator of queries knows of a metric.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Labels">The labels that tell its series apart.</param>
public sealed record MetricShape(string Name, MetricKind Kind, params IReadOnlyList<string> Labels);
