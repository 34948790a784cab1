using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Scaleway;

/// <summary>Instances or bare metal of Scaleway.</summary>
internal sealed record ScalewayDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "scaleway";

    public string Project { get; init; } = "";

    public string ApiUrl { get; init; } = "";

    public string Zone { get; init; } = "";

    public string AccessKey { get; init; } = "";

    public Secret SecretKey { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string SecretKeyFile { get; init; } = "";

    public string NameFilter { get; init; } = "";

    public IReadOnlyList<string> TagsFilter { get; init; } = [];

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string Role { get; init; } = "";

    internal static ScalewayDiscoveryConfig Read(YamlMapping map)
    {
        var config = new ScalewayDiscoveryConfig
        {
            Project = map.String("project_id"),
            ApiUrl = map.String("api_url", "https://api.scaleway.com"),
            Zone = map.String("zone", "fr-par-1"),
            AccessKey = map.String("access_key"),
            SecretKey = map.Secret("secret_key"),
            SecretKeyFile = map.Path("secret_key_file"),
            NameFilter = map.String("name_filter"),
            TagsFilter = map.Strings("tags_filter"),
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            Role = map.Choice("role", "", static v => $"unknown role {ConfigText.Quote(v)}", "instance", "baremetal"),
        };
        map.Require("role", config.Role, "role missing (one of: instance, baremetal)");
        map.Require("project_id", config.Project, "project_id is mandatory");
        map.RequireOneSecret(config.SecretKey, config.SecretKeyFile);
        map.Require("access_key", config.AccessKey, "access_key is mandatory");
        return config;
    }
}
