using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Alerting.Configuration;

/// <summary>Messages as JSON to an address.</summary>
public sealed record WebhookConfig : IntegrationConfig
{
    /// <summary>May be a template; empty: <see cref="UrlFile"/>.</summary>
    public Secret Url { get; init; }

    /// <summary>A file with the address, read at each message; absolute.</summary>
    public string UrlFile { get; init; } = "";

    /// <summary>More alerts than that are left out and counted; 0: all are sent.</summary>
    public long MaxAlerts { get; init; }

    /// <summary>Of one attempt; zero: the caller's alone.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>What is sent instead of upstream's message: any YAML whose texts are templates; null: upstream's message.</summary>
    public YamlNode? Payload { get; init; }
}
