using Pharos.Core.Samples;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>What a metric of OpenTelemetry becomes.</summary>
/// <param name="Name">The name of its series, before suffixes as <c>_bucket</c>.</param>
/// <param name="Type">Unknown for deltas, as upstream.</param>
/// <param name="Unit">The name of the unit, as <c>seconds</c>.</param>
/// <param name="Help">The description.</param>
internal readonly record struct MetricFamily(string Name, MetricType Type, string Unit, string Help);
