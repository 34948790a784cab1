using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Kubernetes;

/// <summary>Narrows what is listed and watched of one kind of object.</summary>
/// <param name="Role">The kind, one that the configuration's own role looks at.</param>
/// <param name="Label">A label selector, or empty.</param>
/// <param name="Field">A field selector, or empty.</param>
internal sealed record KubernetesSelector(string Role, string Label, string Field)
{
    internal static IReadOnlyList<KubernetesSelector> ReadAll(YamlMapping map, string role)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string[] allowed = AllowedFor(role);
        return map.Sections("selectors", "kubernetes.SelectorConfig", entry => Read(entry, role, allowed, seen), nullMessage: null);
    }

    private static KubernetesSelector Read(YamlMapping map, string role, string[] allowed, HashSet<string> seen)
    {
        var selector = new KubernetesSelector(
            map.Choice("role", "", static v => $"unknown Kubernetes SD role {ConfigText.Quote(v)}", KubernetesDiscoveryConfig.Roles),
            map.String("label"),
            map.String("field"));
        if (!seen.Add(selector.Role))
        {
            map.Refuse("role", $"duplicated selector role: {selector.Role}");
        }
        else if (allowed.Length > 0 && !allowed.Contains(selector.Role, StringComparer.Ordinal))
        {
            map.Refuse("role", $"{role} role supports only {string.Join(", ", allowed)} selectors");
        }

        if (SelectorSyntax.CheckFields(selector.Field) is { } fieldProblem)
        {
            map.Refuse("field", fieldProblem, "as metadata.name=value,status.phase!=Running");
        }

        if (SelectorSyntax.CheckLabels(selector.Label) is { } labelProblem)
        {
            map.Refuse("label", labelProblem, "as app=web,tier!=db,env in (a,b),!canary");
        }

        return selector;
    }

    private static string[] AllowedFor(string role) => role switch
    {
        "pod" => ["pod", "node"],
        "service" => ["service"],
        "endpointslice" => ["pod", "service", "endpointslice"],
        "endpoints" => ["pod", "service", "endpoints"],
        "node" => ["node"],
        "ingress" => ["ingress"],
        _ => [],
    };
}
