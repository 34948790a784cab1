using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Outscale;

/// <summary>Machines of Outscale.</summary>
internal sealed record OutscaleDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "outscale";

    /// <summary>Empty: that of the region.</summary>
    public string Endpoint { get; init; } = "";

    public string Region { get; init; } = "";

    public string AccessKey { get; init; } = "";

    public Secret SecretKey { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string SecretKeyFile { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public HttpClientConfig Http { get; init; } = new();

    internal static OutscaleDiscoveryConfig Read(YamlMapping map)
    {
        var config = new OutscaleDiscoveryConfig
        {
            Endpoint = map.String("endpoint"),
            Region = map.String("region", "eu-west-2"),
            AccessKey = map.String("access_key"),
            SecretKey = map.Secret("secret_key"),
            SecretKeyFile = map.Path("secret_key_file"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            Http = HttpClientConfig.Read(map),
        };
        map.Require("region", config.Region, "outscale SD configuration requires a region");
        map.Require("access_key", config.AccessKey, "outscale SD configuration requires access_key");
        map.RequireOneSecret(config.SecretKey, config.SecretKeyFile);
        return config;
    }
}
