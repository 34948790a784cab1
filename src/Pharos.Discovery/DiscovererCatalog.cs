using Pharos.Discovery.Files;
using Pharos.Discovery.Static;

namespace Pharos.Discovery;

/// <summary>Which mechanisms can run.</summary>
internal static class DiscovererCatalog
{
    /// <summary>A discoverer of the configuration; null when its mechanism is not available.</summary>
    public static IDiscoverer? Create(DiscoveryConfig config, TimeProvider time) => config switch
    {
        StaticDiscoveryConfig fixedTargets => new StaticDiscoverer(fixedTargets),
        FileDiscoveryConfig files => new FileDiscoverer(files, time),
        _ => null,
    };
}
