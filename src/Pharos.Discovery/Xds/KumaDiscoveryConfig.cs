using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Xds;

/// <summary>Targets that a Kuma control plane assigns.</summary>
internal sealed record KumaDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "kuma";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    public TimeSpan FetchTimeout { get; init; }

    public string Server { get; init; } = "";

    public string ClientId { get; init; } = "";

    internal static KumaDiscoveryConfig Read(YamlMapping map)
    {
        var config = new KumaDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(15)),
            FetchTimeout = map.Duration("fetch_timeout", TimeSpan.FromMinutes(2)),
            Server = map.String("server"),
            ClientId = map.String("client_id"),
        };
        map.Require("server", config.Server, "kuma SD server must not be empty: ");
        map.RequireUrl("server", config.Server, $"kuma SD server must not be empty and have a scheme: {config.Server}");
        return config;
    }
}
