using Pharos.Config.Yaml;

namespace Pharos.Discovery;

/// <summary>How one mechanism is written.</summary>
/// <param name="Key">The field that lists its configurations, as <c>kubernetes_sd_configs</c>.</param>
/// <param name="Type">Upstream's name of the type, for its messages.</param>
/// <param name="Read">Reads one entry.</param>
internal sealed record DiscoveryMechanism(string Key, string Type, Func<YamlMapping, DiscoveryConfig> Read);
