using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Relabeling;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Discovery;

namespace Pharos.Alerting.Forwarding;

/// <summary>A set of Alertmanagers that alerts are sent to.</summary>
public sealed record AlertmanagerConfig
{
    public HttpClientConfig Http { get; init; } = new();

    public SigV4Config? SigV4 { get; init; }

    public string Scheme { get; init; } = "http";

    /// <summary>Stands before the path of the API.</summary>
    public string PathPrefix { get; init; } = "";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public string ApiVersion { get; init; } = "v2";

    /// <summary>Applied to the Alertmanagers found.</summary>
    public IReadOnlyList<RelabelConfig> RelabelConfigs { get; init; } = [];

    /// <summary>Applied to the alerts sent to these Alertmanagers.</summary>
    public IReadOnlyList<RelabelConfig> AlertRelabelConfigs { get; init; } = [];

    public IReadOnlyList<DiscoveryConfig> Discovery { get; init; } = [];

    /// <summary>Two configurations that say the same have the same, and others another; secrets count.</summary>
    public string Fingerprint { get; init; } = "";

    internal static AlertmanagerConfig Read(YamlMapping map, NameValidation validation)
    {
        HttpClientConfig http = HttpClientConfig.Read(map);
        SigV4Config? signing = map.OptionalSection("sigv4", "sigv4.plain", SigV4Config.Read);
        if (signing is not null && http.HasAuthentication)
        {
            map.Refuse("at most one of basic_auth, authorization, oauth2, & sigv4 must be configured");
        }

        var config = new AlertmanagerConfig
        {
            Http = http,
            SigV4 = signing,
            Scheme = map.String("scheme", "http"),
            PathPrefix = map.String("path_prefix"),
            Timeout = map.Duration("timeout", TimeSpan.FromSeconds(10)),
            ApiVersion = map.String("api_version", "v2", always: true),
            RelabelConfigs = map.RelabelConfigs("relabel_configs", validation, "empty or null Alertmanager target relabeling rule"),
            AlertRelabelConfigs = map.RelabelConfigs("alert_relabel_configs", validation, "empty or null Alertmanager alert relabeling rule"),
        };
        if (config.ApiVersion != "v2" && map.Has("api_version"))
        {
            map.Refuse("api_version", $"expected Alertmanager api version to be one of [v2] but got {config.ApiVersion}");
        }

        config = config with { Discovery = map.ReadDiscovery(checkHosts: config.RelabelConfigs.Count == 0) };
        return config with { Fingerprint = CanonicalFingerprint.Of(map.Canonical) };
    }
}
