using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Nomad;

/// <summary>Services of Nomad.</summary>
internal sealed record NomadDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "nomad";

    /// <summary>Servers that are not the leader may answer.</summary>
    public bool AllowStale { get; init; }

    public HttpClientConfig Http { get; init; } = new();

    public string Namespace { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    public string Region { get; init; } = "";

    public string Server { get; init; } = "";

    public string TagSeparator { get; init; } = "";

    internal static NomadDiscoveryConfig Read(YamlMapping map)
    {
        var config = new NomadDiscoveryConfig
        {
            AllowStale = map.Bool("allow_stale", absent: true, always: true),
            Http = HttpClientConfig.Read(map),
            Namespace = map.String("namespace", "default"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Region = map.String("region", "global"),
            Server = map.String("server", "http://localhost:4646"),
            TagSeparator = map.String("tag_separator", ","),
        };
        map.Require("server", config.Server.Trim(), "nomad SD configuration requires a server address");
        return config;
    }
}
