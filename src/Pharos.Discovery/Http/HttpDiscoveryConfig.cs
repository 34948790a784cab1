using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Http;

/// <summary>Target groups that a web server answers as JSON.</summary>
internal sealed record HttpDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "http";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    public string Url { get; init; } = "";

    internal static HttpDiscoveryConfig Read(YamlMapping map)
    {
        var config = new HttpDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Url = map.String("url"),
        };
        map.RequireHttpUrl("url", config.Url);
        return config;
    }
}
