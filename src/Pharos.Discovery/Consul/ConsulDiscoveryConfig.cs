using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Consul;

/// <summary>Services of a Consul catalogue.</summary>
internal sealed record ConsulDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "consul";

    public string Server { get; init; } = "";

    public string PathPrefix { get; init; } = "";

    public Secret Token { get; init; }

    public string Datacenter { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Partition { get; init; } = "";

    public string TagSeparator { get; init; } = "";

    public string Scheme { get; init; } = "";

    public string Username { get; init; } = "";

    public Secret Password { get; init; }

    /// <summary>Servers that are not the leader may answer.</summary>
    public bool AllowStale { get; init; }

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Tags that a service must have.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Metadata that a node must have.</summary>
    public IReadOnlyDictionary<string, string> NodeMeta { get; init; } = new Dictionary<string, string>();

    public string Filter { get; init; } = "";

    public string HealthFilter { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    internal static ConsulDiscoveryConfig Read(YamlMapping map)
    {
        var config = new ConsulDiscoveryConfig
        {
            Server = map.String("server", "localhost:8500"),
            PathPrefix = map.String("path_prefix"),
            Token = map.Secret("token"),
            Datacenter = map.String("datacenter"),
            Namespace = map.String("namespace"),
            Partition = map.String("partition"),
            TagSeparator = map.String("tag_separator", ","),
            Scheme = map.String("scheme", "http"),
            Username = map.String("username"),
            Password = map.Secret("password"),
            AllowStale = map.Bool("allow_stale", absent: true, always: true),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(30)),
            Services = map.Strings("services"),
            Tags = map.Strings("tags"),
            NodeMeta = map.StringMap("node_meta"),
            Filter = map.String("filter"),
            HealthFilter = map.String("health_filter"),
            Http = HttpClientConfig.Read(map),
        };
        map.Require("server", config.Server.Trim(), "consul SD configuration requires a server address");
        if ((config.Username.Length > 0 || !config.Password.IsEmpty) && config.Http.BasicAuth is not null)
        {
            map.Refuse("at most one of consul SD configuration username and password and basic auth can be configured");
        }

        if (!config.Token.IsEmpty && (config.Http.Authorization is not null || config.Http.OAuth2 is not null))
        {
            map.Refuse("at most one of consul SD token, authorization, or oauth2 can be configured");
        }
        return config;
    }
}
