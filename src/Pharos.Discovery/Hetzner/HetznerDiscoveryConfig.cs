using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Hetzner;

/// <summary>Servers of Hetzner's cloud or Robot.</summary>
internal sealed record HetznerDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "hetzner";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string Role { get; init; } = "";

    public string LabelSelector { get; init; } = "";

    internal static HetznerDiscoveryConfig Read(YamlMapping map)
    {
        var config = new HetznerDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            Role = map.Choice("role", "", static v => $"unknown role {ConfigText.Quote(v)}", "robot", "hcloud"),
            LabelSelector = map.String("label_selector"),
        };
        map.Require("role", config.Role, "role missing (one of: robot, hcloud)");
        return config;
    }
}
