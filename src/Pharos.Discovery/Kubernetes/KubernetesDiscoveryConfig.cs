using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Kubernetes;

/// <summary>Objects of a Kubernetes cluster.</summary>
internal sealed record KubernetesDiscoveryConfig : DiscoveryConfig
{
    internal static readonly string[] Roles = ["node", "pod", "service", "endpoints", "endpointslice", "ingress"];

    public override string Mechanism => "kubernetes";

    /// <summary>Null: the cluster that the process runs in.</summary>
    public ConfigUrl? ApiServer { get; init; }

    /// <summary>One of node, pod, service, endpoints, endpointslice, ingress.</summary>
    public string Role { get; init; } = "";

    /// <summary>An absolute path, or empty.</summary>
    public string KubeConfigFile { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    public KubernetesNamespaces Namespaces { get; init; } = new();

    public IReadOnlyList<KubernetesSelector> Selectors { get; init; } = [];

    public KubernetesMetadata AttachMetadata { get; init; } = new();

    internal static KubernetesDiscoveryConfig Read(YamlMapping map)
    {
        var config = new KubernetesDiscoveryConfig
        {
            ApiServer = map.Url("api_server"),
            Role = map.Choice("role", "", static v => $"unknown Kubernetes SD role {ConfigText.Quote(v)}", Roles),
            KubeConfigFile = map.Path("kubeconfig_file"),
            Http = HttpClientConfig.Read(map),
            Namespaces = map.Section("namespaces", "kubernetes.plain", KubernetesNamespaces.Read, static () => new KubernetesNamespaces()),
            AttachMetadata = map.Section("attach_metadata", "kubernetes.AttachMetadataConfig", KubernetesMetadata.Read, static () => new KubernetesMetadata()),
        };
        map.Require("role", config.Role, "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)");
        config.CheckAccess(map, IsHttpConfigured(map));
        return config with { Selectors = KubernetesSelector.ReadAll(map, config.Role) };
    }

    private static bool IsHttpConfigured(YamlMapping map) =>
        map.Has("basic_auth") || map.Has("authorization") || map.Has("oauth2") || map.Has("bearer_token") || map.Has("bearer_token_file") || map.Has("tls_config")
        || map.Has("proxy_url") || map.Has("no_proxy") || map.Has("proxy_from_environment") || map.Has("proxy_connect_header") || map.Has("http_headers")
        || (map.Has("follow_redirects") && YamlScalar.TryBool(map.Take("follow_redirects")!, out bool follows) && !follows)
        || (map.Has("enable_http2") && YamlScalar.TryBool(map.Take("enable_http2")!, out bool http2) && !http2);

    private void CheckAccess(YamlMapping map, bool hasHttp)
    {
        if (ApiServer is not null && KubeConfigFile.Length > 0)
        {
            map.Refuse("kubeconfig_file", "cannot use 'kubeconfig_file' and 'api_server' simultaneously");
        }
        else if (KubeConfigFile.Length > 0 && hasHttp)
        {
            map.Refuse("kubeconfig_file", "cannot use a custom HTTP client configuration together with 'kubeconfig_file'");
        }
        else if (ApiServer is null && hasHttp)
        {
            map.Refuse("to use custom HTTP client configuration please provide the 'api_server' URL explicitly");
        }

        if (ApiServer is not null && Namespaces.OwnNamespace)
        {
            map.Refuse("namespaces", "cannot use 'api_server' and 'namespaces.own_namespace' simultaneously");
        }
        else if (KubeConfigFile.Length > 0 && Namespaces.OwnNamespace)
        {
            map.Refuse("namespaces", "cannot use 'kubeconfig_file' and 'namespaces.own_namespace' simultaneously");
        }
    }
}
