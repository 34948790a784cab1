using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>What is said about a metric family, as version 1 sends it.</summary>
/// <param name="Family">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">A description; may be empty.</param>
/// <param name="Unit">Empty where none is said.</param>
public readonly record struct MetricFamilyMetadata(string Family, MetricType Type, string Help, string Unit);
