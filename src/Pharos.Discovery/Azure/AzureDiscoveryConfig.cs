using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Azure;

/// <summary>Virtual machines of an Azure subscription.</summary>
internal sealed record AzureDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "azure";

    public string Environment { get; init; } = "";

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string SubscriptionId { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string ClientId { get; init; } = "";

    public Secret ClientSecret { get; init; }

    public TimeSpan RefreshInterval { get; init; }

    public string AuthenticationMethod { get; init; } = "";

    public string ResourceGroup { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    internal static AzureDiscoveryConfig Read(YamlMapping map)
    {
        var config = new AzureDiscoveryConfig
        {
            Environment = map.String("environment", "AzurePublicCloud"),
            Port = map.Int("port", 80),
            SubscriptionId = map.String("subscription_id"),
            TenantId = map.String("tenant_id"),
            ClientId = map.String("client_id"),
            ClientSecret = map.Secret("client_secret"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(300)),
            AuthenticationMethod = map.String("authentication_method", "OAuth"),
            ResourceGroup = map.String("resource_group"),
            Http = HttpClientConfig.Read(map),
        };
        map.Require("subscription_id", config.SubscriptionId, "azure SD configuration requires a subscription_id");
        if (config.AuthenticationMethod == "OAuth")
        {
            map.Require("tenant_id", config.TenantId, "azure SD configuration requires a tenant_id");
            map.Require("client_id", config.ClientId, "azure SD configuration requires a client_id");
            map.Require("client_secret", config.ClientSecret, "azure SD configuration requires a client_secret");
        }

        if (config.AuthenticationMethod is not ("OAuth" or "ManagedIdentity" or "SDK" or "WorkloadIdentity"))
        {
            map.Refuse("authentication_method", $"unknown authentication_type {ConfigText.Quote(config.AuthenticationMethod)}. Supported types are \"OAuth\", \"ManagedIdentity\", \"SDK\" or \"WorkloadIdentity\"");
        }
        return config;
    }
}
