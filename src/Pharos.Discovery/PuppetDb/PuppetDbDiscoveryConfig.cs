using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.PuppetDb;

/// <summary>Resources that a PuppetDB query finds.</summary>
internal sealed record PuppetDbDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "puppetdb";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    public string Url { get; init; } = "";

    public string Query { get; init; } = "";

    public bool IncludeParameters { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    internal static PuppetDbDiscoveryConfig Read(YamlMapping map)
    {
        var config = new PuppetDbDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Url = map.String("url"),
            Query = map.String("query"),
            IncludeParameters = map.Bool("include_parameters"),
            Port = map.Int("port", 80),
        };
        map.RequireHttpUrl("url", config.Url);
        map.Require("query", config.Query, "query missing");
        return config;
    }
}
