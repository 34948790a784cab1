using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Eureka;

/// <summary>Applications of a Eureka server.</summary>
internal sealed record EurekaDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "eureka";

    public string Server { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    internal static EurekaDiscoveryConfig Read(YamlMapping map)
    {
        var config = new EurekaDiscoveryConfig
        {
            Server = map.String("server"),
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(30)),
        };
        map.Require("server", config.Server, "eureka_sd: empty or null eureka server");
        map.RequireUrl("server", config.Server, "eureka_sd: invalid eureka server URL");
        return config;
    }
}
