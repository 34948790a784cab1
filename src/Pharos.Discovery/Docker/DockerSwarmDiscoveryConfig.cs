using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Docker;

/// <summary>Services, nodes or tasks of a Docker swarm.</summary>
internal sealed record DockerSwarmDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "dockerswarm";

    public HttpClientConfig Http { get; init; } = new();

    public string Host { get; init; } = "";

    public string Role { get; init; } = "";

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public IReadOnlyList<DiscoveryFilter> Filters { get; init; } = [];

    public TimeSpan RefreshInterval { get; init; }

    internal static DockerSwarmDiscoveryConfig Read(YamlMapping map)
    {
        var config = new DockerSwarmDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            Host = map.String("host"),
            Role = map.Choice("role", "", static v => $"invalid role {v}, expected tasks, services, or nodes", "services", "nodes", "tasks"),
            Port = map.Int("port", 80),
            Filters = DiscoveryFilter.ReadAll(map, "moby.Filter"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
        };
        map.Require("host", config.Host, "host missing");
        map.CheckUrl("host", config.Host, "");
        map.Require("role", config.Role, "role missing (one of: tasks, services, nodes)");
        return config;
    }
}
