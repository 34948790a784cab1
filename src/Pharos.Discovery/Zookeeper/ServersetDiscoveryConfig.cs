using Pharos.Config.Yaml;

namespace Pharos.Discovery.Zookeeper;

/// <summary>Server sets in ZooKeeper.</summary>
internal sealed record ServersetDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "serverset";

    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Each begins with a slash.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public TimeSpan Timeout { get; init; }

    internal static ServersetDiscoveryConfig Read(YamlMapping map)
    {
        var config = new ServersetDiscoveryConfig
        {
            Servers = map.Strings("servers"),
            Paths = map.Strings("paths"),
            Timeout = map.Duration("timeout", TimeSpan.FromSeconds(10)),
        };
        ZookeeperRules.Check(map, "serverset", config.Servers, config.Paths);
        return config;
    }
}
