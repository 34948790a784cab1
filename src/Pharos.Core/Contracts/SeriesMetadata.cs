using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>What is said about the metric family of a series, kept with the series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Type">The type of its family.</param>
/// <param name="Unit">Empty where none is said.</param>
/// <param name="Help">A description; may be empty.</param>
public readonly record struct SeriesMetadata(SeriesRef Series, MetricType Type, string Unit, string Help);
