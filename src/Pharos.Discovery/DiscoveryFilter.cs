using Pharos.Config.Yaml;

namespace Pharos.Discovery;

/// <summary>A filter that the asked service applies: a name and the values that pass.</summary>
public sealed record DiscoveryFilter(string Name, IReadOnlyList<string> Values)
{
    internal static IReadOnlyList<DiscoveryFilter> ReadAll(YamlMapping map, string type, string? emptyMessage = null) =>
        map.Sections("filters", type, entry => Read(entry, emptyMessage), emptyMessage);

    private static DiscoveryFilter Read(YamlMapping map, string? emptyMessage)
    {
        var filter = new DiscoveryFilter(map.String("name", always: true), map.Strings("values", always: true));
        if (filter.Values.Count == 0 && emptyMessage is not null)
        {
            map.Refuse("values", emptyMessage);
        }

        return filter;
    }
}
