using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Docker;

/// <summary>Containers of a Docker daemon.</summary>
internal sealed record DockerDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "docker";

    public HttpClientConfig Http { get; init; } = new();

    /// <summary>The daemon, as <c>unix:///var/run/docker.sock</c>.</summary>
    public string Host { get; init; } = "";

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public IReadOnlyList<DiscoveryFilter> Filters { get; init; } = [];

    /// <summary>The host of containers in the host's network.</summary>
    public string HostNetworkingHost { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    public bool MatchFirstNetwork { get; init; }

    internal static DockerDiscoveryConfig Read(YamlMapping map)
    {
        var config = new DockerDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            Host = map.String("host"),
            Port = map.Int("port", 80),
            Filters = DiscoveryFilter.ReadAll(map, "moby.Filter"),
            HostNetworkingHost = map.String("host_networking_host", "localhost"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            MatchFirstNetwork = map.Bool("match_first_network", absent: true, always: true),
        };
        map.Require("host", config.Host, "host missing");
        map.CheckUrl("host", config.Host, "");
        return config;
    }
}
