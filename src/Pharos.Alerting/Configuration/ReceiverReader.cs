using Pharos.Alerting.Configuration.Integrations;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>Reads one of <c>receivers</c>.</summary>
internal static class ReceiverReader
{
    public static ReceiverConfig Read(YamlMapping map, AlertmanagerGlobalConfig global)
    {
        string name = map.String("name", always: true);
        if (name.Length == 0)
        {
            map.Refuse("name", "missing name in receiver", "a name");
        }

        var labels = new SortedDictionary<string, string>(map.StringMap("labels").ToDictionary(), StringComparer.Ordinal);
        if (labels.TryGetValue("name", out string? label) && label != name && name.Length > 0)
        {
            map.RefuseShape("labels", $"receiver label \"name\" must match receiver name {GoQuote.Quote(name)}, got {GoQuote.Quote(label)}", "another label");
        }

        labels["name"] = name;
        var integrations = new List<IntegrationConfig>();
        foreach (IntegrationKind kind in IntegrationKind.All)
        {
            int index = 0;
            integrations.AddRange(map.Sections(
                kind.Field,
                kind.GoType,
                section => kind.Read(new IntegrationSection(section, kind, global, index++)),
                kind.NullMessage));
        }

        foreach (UnavailableConfig unavailable in integrations.OfType<UnavailableConfig>())
        {
            map.Diagnostics.Warn(unavailable.Position, $"receiver {GoQuote.Quote(name)}: {unavailable.Reason}; its messages are reported as failed");
        }

        return new ReceiverConfig { Name = name, Labels = labels, Integrations = [.. integrations.OrderBy(static i => IntegrationKind.NotifyOrder(i.Kind))], Position = map.Position };
    }
}
