using Pharos.Config.Yaml;

namespace Pharos.Discovery.Zookeeper;

/// <summary>Services registered in ZooKeeper, by Nerve or as server sets.</summary>
/// <param name="Service">The mechanism: nerve or serverset.</param>
internal sealed record ZookeeperDiscoveryConfig(string Service) : DiscoveryConfig
{
    public override string Mechanism => Service;

    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Each begins with a slash.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public TimeSpan Timeout { get; init; }

    internal static ZookeeperDiscoveryConfig ReadNerve(YamlMapping map) => Read(map, "nerve");

    internal static ZookeeperDiscoveryConfig ReadServerset(YamlMapping map) => Read(map, "serverset");

    private static ZookeeperDiscoveryConfig Read(YamlMapping map, string service)
    {
        var config = new ZookeeperDiscoveryConfig(service)
        {
            Servers = map.Strings("servers"),
            Paths = map.Strings("paths"),
            Timeout = map.Duration("timeout", TimeSpan.FromSeconds(10)),
        };
        if (config.Servers.Count == 0)
        {
            map.Refuse("servers", $"{service} SD config must contain at least one Zookeeper server");
        }

        if (config.Paths.Count == 0)
        {
            map.Refuse("paths", $"{service} SD config must contain at least one path");
        }

        foreach (string path in config.Paths.Where(static path => !path.StartsWith('/')))
        {
            map.Refuse("paths", $"{service} SD config paths must begin with '/': {path}");
        }

        return config;
    }
}
