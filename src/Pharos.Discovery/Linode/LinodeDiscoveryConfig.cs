using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Linode;

/// <summary>Instances of Linode.</summary>
internal sealed record LinodeDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "linode";

    public HttpClientConfig Http { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string TagSeparator { get; init; } = "";

    /// <summary>Empty: all.</summary>
    public string Region { get; init; } = "";

    internal static LinodeDiscoveryConfig Read(YamlMapping map) => new()
    {
        Http = HttpClientConfig.Read(map),
        RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
        Port = map.Int("port", 80),
        TagSeparator = map.String("tag_separator", ","),
        Region = map.String("region"),
    };
}
