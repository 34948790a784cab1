using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.OvhCloud;

/// <summary>Dedicated servers or virtual servers of OVHcloud.</summary>
internal sealed record OvhCloudDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "ovhcloud";

    public string Endpoint { get; init; } = "";

    public string ApplicationKey { get; init; } = "";

    public Secret ApplicationSecret { get; init; }

    public Secret ConsumerKey { get; init; }

    public TimeSpan RefreshInterval { get; init; }

    public string Service { get; init; } = "";

    internal static OvhCloudDiscoveryConfig Read(YamlMapping map)
    {
        var config = new OvhCloudDiscoveryConfig
        {
            Endpoint = map.String("endpoint", "ovh-eu"),
            ApplicationKey = map.String("application_key"),
            ApplicationSecret = map.Secret("application_secret"),
            ConsumerKey = map.Secret("consumer_key"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Service = map.String("service"),
        };
        map.Require("endpoint", config.Endpoint, "endpoint can not be empty");
        map.Require("application_key", config.ApplicationKey, "application key can not be empty");
        map.Require("application_secret", config.ApplicationSecret, "application secret can not be empty");
        map.Require("consumer_key", config.ConsumerKey, "consumer key can not be empty");
        if (config.Service is not ("dedicated_server" or "vps"))
        {
            map.Refuse("service", $"unknown service: {config.Service}", "dedicated_server or vps");
        }
        return config;
    }
}
