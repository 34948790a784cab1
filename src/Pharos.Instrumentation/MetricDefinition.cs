namespace Pharos.Instrumentation;

/// <summary>What the metrics of a family have in common.</summary>
/// <param name="Name">Their name, as it is exposed.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Help">One sentence for people.</param>
/// <param name="LabelNames">The names of their labels.</param>
/// <param name="MaxMetrics">So many combinations of values are kept apart.</param>
internal sealed record MetricDefinition(string Name, MetricKind Kind, string Help, IReadOnlyList<string> LabelNames, int MaxMetrics);
