using Pharos.Config.Yaml;

namespace Pharos.Discovery.Kubernetes;

/// <summary>Which namespaces are looked at; none at all: every one.</summary>
internal sealed record KubernetesNamespaces
{
    /// <summary>The one that the process runs in.</summary>
    public bool OwnNamespace { get; init; }

    public IReadOnlyList<string> Names { get; init; } = [];

    internal static KubernetesNamespaces Read(YamlMapping map) => new() { OwnNamespace = map.Bool("own_namespace"), Names = map.Strings("names") };
}
