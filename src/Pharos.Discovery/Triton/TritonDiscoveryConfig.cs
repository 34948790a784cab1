using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Triton;

/// <summary>Containers or compute nodes of Triton.</summary>
internal sealed record TritonDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "triton";

    public string Account { get; init; } = "";

    /// <summary>container or cn.</summary>
    public string Role { get; init; } = "";

    public string DnsSuffix { get; init; } = "";

    public string Endpoint { get; init; } = "";

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public TimeSpan RefreshInterval { get; init; }

    public TlsConfig Tls { get; init; } = new();

    public int Version { get; init; }

    internal static TritonDiscoveryConfig Read(YamlMapping map)
    {
        var config = new TritonDiscoveryConfig
        {
            Account = map.String("account"),
            Role = map.String("role", "container"),
            DnsSuffix = map.String("dns_suffix"),
            Endpoint = map.String("endpoint"),
            Groups = map.Strings("groups"),
            Port = map.Int("port", 9163),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Tls = map.Section("tls_config", "config.plain", TlsConfig.Read, static () => new TlsConfig()),
            Version = map.Int("version", 1),
        };
        if (config.Role is not ("container" or "cn"))
        {
            map.Refuse("role", "triton SD configuration requires role to be 'container' or 'cn'");
        }

        map.Require("account", config.Account, "triton SD configuration requires an account");
        map.Require("dns_suffix", config.DnsSuffix, "triton SD configuration requires a dns_suffix");
        map.Require("endpoint", config.Endpoint, "triton SD configuration requires an endpoint");
        if (config.RefreshInterval <= TimeSpan.Zero)
        {
            map.Refuse("refresh_interval", "triton SD configuration requires RefreshInterval to be a positive integer");
        }
        return config;
    }
}
