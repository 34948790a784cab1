using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Discovery.Static;

/// <summary>Targets that the configuration itself lists: all <c>static_configs</c> of a section together.</summary>
public sealed record StaticDiscoveryConfig : DiscoveryConfig
{
    internal const string Key = "static_configs";

    public override string Mechanism => "static";

    public override string? NotAvailable => null;

    /// <summary>One group an entry; its source is its index.</summary>
    public required IReadOnlyList<TargetGroup> Groups { get; init; }

    internal static StaticDiscoveryConfig Read(YamlMapping map, bool checkHosts)
    {
        int index = 0;
        IReadOnlyList<TargetGroup> groups = map.Sections(Key, "struct { Targets []string; Labels model.LabelSet }", entry => ReadGroup(entry, index++, checkHosts), $"empty or null section in {Key}");
        CanonicalNode? shown = map.Canonical.Fields.LastOrDefault(static f => f.Key == Key).Value;
        return new StaticDiscoveryConfig { Groups = groups, Fingerprint = shown is null ? "" : CanonicalFingerprint.Of(shown) };
    }

    private static TargetGroup ReadGroup(YamlMapping map, int index, bool checkHosts)
    {
        IReadOnlyList<string> addresses = map.Strings("targets", always: true);
        if (checkHosts)
        {
            CheckHosts(map);
        }

        var labels = new LabelsBuilder();
        foreach ((string name, string value) in map.StringMap("labels", CheckLabel))
        {
            labels.Set(name, value);
        }

        return new TargetGroup(index.ToString(System.Globalization.CultureInfo.InvariantCulture), [.. addresses.Select(static a => Labels.Of(TargetGroup.AddressLabel, a))], labels.ToLabels());
    }

    private static string? CheckLabel(string name, string value)
    {
        if (!LabelName.IsUtf8(name))
        {
            return $"{ConfigText.Quote(name)} is not a valid label name";
        }

        return value.Length == 0 || LabelName.IsUtf8(value) ? null : $"{ConfigText.Quote(value)} is not a valid label value";
    }

    private static void CheckHosts(YamlMapping map)
    {
        foreach (YamlNode target in map.Take("targets") is { Kind: YamlKind.Sequence } targets ? targets.Items : [])
        {
            if (target.Text.Contains('/', StringComparison.Ordinal))
            {
                map.Diagnostics.Error(target.Position, $"{ConfigText.Quote(target.Text)} is not a valid hostname", target.Text, "host:port, without scheme and path");
            }
        }
    }
}
