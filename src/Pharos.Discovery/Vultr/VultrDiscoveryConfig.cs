using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Vultr;

/// <summary>Instances of Vultr.</summary>
internal sealed record VultrDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "vultr";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    internal static VultrDiscoveryConfig Read(YamlMapping map) => new()
    {
        Http = HttpClientConfig.Read(map),
        RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
        Port = map.Int("port", 80),
    };
}
