using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.DigitalOcean;

/// <summary>Droplets or databases of DigitalOcean.</summary>
internal sealed record DigitalOceanDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "digitalocean";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string Role { get; init; } = "";

    internal static DigitalOceanDiscoveryConfig Read(YamlMapping map)
    {
        var config = new DigitalOceanDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            Role = map.Choice("role", "droplets", static v => $"unknown DigitalOcean SD role {ConfigText.Quote(v)}", "droplets", "databases"),
        };
        map.Require("role", config.Role, "role missing (one of: droplets, databases)");
        return config;
    }
}
