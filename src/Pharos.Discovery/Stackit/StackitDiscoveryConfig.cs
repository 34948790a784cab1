using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Stackit;

/// <summary>Servers of a STACKIT project.</summary>
internal sealed record StackitDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "stackit";

    public HttpClientConfig Http { get; init; } = new();

    public string Project { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string Region { get; init; } = "";

    public string Endpoint { get; init; } = "";

    public Secret ServiceAccountKey { get; init; }

    public Secret PrivateKey { get; init; }

    public string ServiceAccountKeyPath { get; init; } = "";

    public string PrivateKeyPath { get; init; } = "";

    public string CredentialsFilePath { get; init; } = "";

    internal static StackitDiscoveryConfig Read(YamlMapping map)
    {
        var config = new StackitDiscoveryConfig
        {
            Http = HttpClientConfig.Read(map),
            Project = map.String("project"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            Region = map.String("region", "eu01"),
            Endpoint = map.String("endpoint"),
            ServiceAccountKey = map.Secret("service_account_key"),
            PrivateKey = map.Secret("private_key"),
            ServiceAccountKeyPath = map.String("service_account_key_path"),
            PrivateKeyPath = map.String("private_key_path"),
            CredentialsFilePath = map.String("credentials_file_path"),
        };
        if (config.Endpoint.Length == 0 && config.Region.Length == 0)
        {
            map.Refuse("endpoint", "stackit_sd: endpoint and region missing");
        }

        map.CheckUrl("endpoint", config.Endpoint, $"stackit_sd: invalid endpoint {ConfigText.Quote(config.Endpoint)}: ");
        return config;
    }
}
