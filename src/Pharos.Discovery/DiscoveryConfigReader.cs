using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Discovery.Files;
using Pharos.Discovery.Static;

namespace Pharos.Discovery;

/// <summary>Reads every way of discovery that a section may hold among its other fields.</summary>
public static class DiscoveryConfigReader
{
    // By key, the order in which upstream prints them.
    private static readonly DiscoveryMechanism[] Mechanisms =
    [
        new("file_sd_configs", "file.plain", FileDiscoveryConfig.Read),
    ];

    /// <summary>Reads the discovery fields of a section. A mechanism that is not built yet is warned about and kept.</summary>
    /// <param name="map">The section.</param>
    /// <param name="checkHosts">Whether static targets must be host and port already, because no relabelling can make them so.</param>
    public static IReadOnlyList<DiscoveryConfig> ReadDiscovery(this YamlMapping map, bool checkHosts)
    {
        var configs = new List<DiscoveryConfig>();
        StaticDiscoveryConfig? fixedTargets = null;
        foreach (DiscoveryMechanism mechanism in Mechanisms)
        {
            if (fixedTargets is null && string.CompareOrdinal(mechanism.Key, StaticDiscoveryConfig.Key) > 0)
            {
                fixedTargets = StaticDiscoveryConfig.Read(map, checkHosts);
            }

            configs.AddRange(map.Sections(mechanism.Key, mechanism.Type, entry => Read(entry, mechanism), $"empty or null section in {mechanism.Key}"));
        }

        fixedTargets ??= StaticDiscoveryConfig.Read(map, checkHosts);
        return fixedTargets.Groups.Count > 0 ? [.. configs, fixedTargets] : configs;
    }

    private static DiscoveryConfig Read(YamlMapping entry, DiscoveryMechanism mechanism)
    {
        DiscoveryConfig config = mechanism.Read(entry);
        if (config.NotAvailable is { } reason)
        {
            entry.Diagnostics.Warn(entry.Position, $"{mechanism.Key}: not available: {reason}");
        }

        return config with { Fingerprint = CanonicalFingerprint.Of(entry.Canonical) };
    }
}
