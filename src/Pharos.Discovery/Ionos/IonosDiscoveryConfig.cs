using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Ionos;

/// <summary>Servers of a data centre of IONOS.</summary>
internal sealed record IonosDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "ionos";

    public string DatacenterId { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    internal static IonosDiscoveryConfig Read(YamlMapping map)
    {
        var config = new IonosDiscoveryConfig
        {
            DatacenterId = map.String("datacenter_id"),
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
        };
        map.Require("datacenter_id", config.DatacenterId, "datacenter id can't be empty");
        return config;
    }
}
