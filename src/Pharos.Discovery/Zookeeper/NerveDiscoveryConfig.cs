using Pharos.Config.Yaml;

namespace Pharos.Discovery.Zookeeper;

/// <summary>Services that Nerve registers in ZooKeeper.</summary>
internal sealed record NerveDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "nerve";

    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Each begins with a slash.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public TimeSpan Timeout { get; init; }

    internal static NerveDiscoveryConfig Read(YamlMapping map)
    {
        var config = new NerveDiscoveryConfig
        {
            Servers = map.Strings("servers"),
            Paths = map.Strings("paths"),
            Timeout = map.Duration("timeout", TimeSpan.FromSeconds(10)),
        };
        ZookeeperRules.Check(map, "nerve", config.Servers, config.Paths);
        return config;
    }
}
