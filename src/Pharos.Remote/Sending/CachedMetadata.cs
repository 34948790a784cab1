using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>Type, unit and help text as version 2 sends them with each series.</summary>
/// <param name="Type">The type of the family.</param>
/// <param name="Unit">Number of the symbol.</param>
/// <param name="Help">Number of the symbol.</param>
internal readonly record struct CachedMetadata(MetricType Type, int Unit, int Help);
