using System.Globalization;
using System.Text.Json;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Discovery.Files;

/// <summary>One file of target groups: a list of <c>targets</c> and <c>labels</c>, JSON or YAML by its ending, read strictly.</summary>
internal static class TargetFile
{
    private const string PathLabel = "__meta_filepath";
    private const long MaxBytes = 64L * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The groups; the source of each is the path and its number.</summary>
    /// <exception cref="DiscoveryException">The file cannot be read or is not right; the message names it and the place.</exception>
    public static IReadOnlyList<TargetGroup> Read(string path)
    {
        bool isJson = string.Equals(Path.GetExtension(path), ".json", StringComparison.OrdinalIgnoreCase);
        List<GroupText> groups = isJson ? ReadJson(path) : ReadYaml(path);
        var result = new TargetGroup[groups.Count];
        for (int i = 0; i < result.Length; i++)
        {
            var labels = new LabelsBuilder();
            foreach ((string name, string value) in groups[i].Labels ?? [])
            {
                labels.Set(name, value);
            }

            labels.Set(PathLabel, path);
            result[i] = new TargetGroup(Source(path, i), TargetAddress.ToTargets(groups[i].Targets ?? []), labels.ToLabels());
        }

        return result;
    }

    /// <summary>The name of a file's group by its number.</summary>
    public static string Source(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}:{index}");

    private static List<GroupText> ReadJson(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw new DiscoveryException($"{path}: the file has {file.Length} bytes (expected at most {MaxBytes})");
            }

            List<GroupText?> groups = JsonSerializer.Deserialize<List<GroupText?>>(file, Json) ?? [];
            return groups.ConvertAll(g => g ?? throw new DiscoveryException($"{path}: nil target group item found"));
        }
        catch (JsonException e)
        {
            throw new DiscoveryException($"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiscoveryException($"{path}: {e.Message}", e);
        }
    }

    private static List<GroupText> ReadYaml(string path)
    {
        var diagnostics = new ConfigDiagnostics(path);
        YamlNode? root = YamlParser.Single(YamlParser.ParseFile(path, diagnostics), diagnostics);
        var groups = new List<GroupText>();
        if (root is { Kind: YamlKind.Sequence })
        {
            foreach (YamlNode item in root.Items)
            {
                if (item.IsNull)
                {
                    diagnostics.Error(item.Position, "nil target group item found");
                }
                else if (YamlMapping.Read(item, "targetgroup.Group", item.Position, diagnostics, ReadGroup, out _) is { } group)
                {
                    groups.Add(group);
                }
            }
        }
        else if (root is { IsNull: false })
        {
            diagnostics.Error(root.Position, "cannot unmarshal into []*targetgroup.Group", expected: "a list of target groups");
        }

        try
        {
            diagnostics.ThrowIfErrors();
        }
        catch (ConfigException e)
        {
            throw new DiscoveryException(string.Join("; ", e.Errors), e);
        }

        return groups;
    }

    private static GroupText ReadGroup(YamlMapping map) => new()
    {
        Targets = [.. map.Strings("targets")],
        Labels = new Dictionary<string, string>(map.StringMap("labels", CheckLabel)),
    };

    private static string? CheckLabel(string name, string value) =>
        LabelName.IsUtf8(name) ? null : $"{ConfigText.Quote(name)} is not a valid label name";

    private sealed class GroupText
    {
        public List<string>? Targets { get; init; }

        public Dictionary<string, string>? Labels { get; init; }
    }
}
