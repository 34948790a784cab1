using Pharos.Core.Samples;

namespace Pharos.Scrape;

/// <summary>What a target says about a metric family.</summary>
/// <param name="Family">The name of the family, as its HELP, TYPE or UNIT line has it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">Its description; may be empty.</param>
/// <param name="Unit">Its unit; empty where none is said.</param>
public readonly record struct MetricMetadata(string Family, MetricType Type, string Help, string Unit);
