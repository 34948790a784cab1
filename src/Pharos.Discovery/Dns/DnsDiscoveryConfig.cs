using Pharos.Config.Yaml;

namespace Pharos.Discovery.Dns;

/// <summary>Addresses that DNS names resolve to.</summary>
internal sealed record DnsDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "dns";

    public IReadOnlyList<string> Names { get; init; } = [];

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>SRV, A, AAAA, MX or NS, in any case.</summary>
    public string Type { get; init; } = "";

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    internal static DnsDiscoveryConfig Read(YamlMapping map)
    {
        var config = new DnsDiscoveryConfig
        {
            Names = map.Strings("names"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(30)),
            Type = map.String("type", "SRV"),
            Port = map.Int("port"),
        };
        if (config.Names.Count == 0)
        {
            map.Refuse("names", "DNS-SD config must contain at least one SRV record name");
        }

        switch (config.Type.ToUpperInvariant())
        {
            case "SRV":
                break;
            case "A" or "AAAA" or "MX" or "NS":
                if (config.Port == 0)
                {
                    map.Refuse("port", "a port is required in DNS-SD configs for all record types except SRV");
                }

                break;
            default:
                map.Refuse("type", $"invalid DNS-SD records type {config.Type}", "one of SRV, A, AAAA, MX, NS");
                break;
        }
        return config;
    }
}
