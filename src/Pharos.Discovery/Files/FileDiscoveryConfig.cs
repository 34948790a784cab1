using System.Text.RegularExpressions;
using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Files;

/// <summary>Target groups from files of YAML or JSON, which are watched.</summary>
public sealed partial record FileDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "file";

    public override string? NotAvailable => null;

    /// <summary>Absolute paths; the last part of each may hold a star.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The files are read again so often even when no change was noticed.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMinutes(5);

    internal static FileDiscoveryConfig Read(YamlMapping map)
    {
        var config = new FileDiscoveryConfig
        {
            Files = map.Paths("files"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromMinutes(5)),
        };
        if (config.Files.Count == 0)
        {
            map.Refuse("files", "file service discovery config must contain at least one path name");
        }

        foreach (YamlNode file in map.Take("files")?.Items ?? [])
        {
            if (file.Kind == YamlKind.Scalar && !NamePattern().IsMatch(file.Text))
            {
                map.Diagnostics.Error(file.Position, $"path name {ConfigText.Quote(file.Text)} is not valid for file discovery", file.Text, "a name that ends in .json, .yml or .yaml, with at most one * in its last part");
            }
        }

        return config;
    }

    [GeneratedRegex(@"\A[^*]*(\*[^/]*)?\.(json|yml|yaml|JSON|YML|YAML)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
