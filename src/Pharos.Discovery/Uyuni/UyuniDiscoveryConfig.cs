using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Uyuni;

/// <summary>Systems of a Uyuni server.</summary>
internal sealed record UyuniDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "uyuni";

    public string Server { get; init; } = "";

    public string Username { get; init; } = "";

    public Secret Password { get; init; }

    public HttpClientConfig Http { get; init; } = new();

    public string Entitlement { get; init; } = "";

    public string Separator { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    internal static UyuniDiscoveryConfig Read(YamlMapping map)
    {
        var config = new UyuniDiscoveryConfig
        {
            Server = map.String("server"),
            Username = map.String("username"),
            Password = map.Secret("password"),
            Http = HttpClientConfig.Read(map),
            Entitlement = map.String("entitlement", "monitoring_entitled"),
            Separator = map.String("separator", ","),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
        };
        map.Require("server", config.Server, "Uyuni SD configuration requires server host");
        map.CheckUrl("server", config.Server, "Uyuni Server URL is not valid: ");
        map.Require("username", config.Username, "Uyuni SD configuration requires a username");
        map.Require("password", config.Password, "Uyuni SD configuration requires a password");
        return config;
    }
}
