using Pharos.Config.Yaml;

namespace Pharos.Discovery.Kubernetes;

/// <summary>What of related objects is attached to each target.</summary>
internal sealed record KubernetesMetadata
{
    public bool Node { get; init; }

    public bool Namespace { get; init; }

    public bool Deployment { get; init; }

    public bool Job { get; init; }

    public bool CronJob { get; init; }

    internal static KubernetesMetadata Read(YamlMapping map) => new()
    {
        Node = map.Bool("node"),
        Namespace = map.Bool("namespace"),
        Deployment = map.Bool("deployment"),
        Job = map.Bool("job"),
        CronJob = map.Bool("cronjob"),
    };
}
