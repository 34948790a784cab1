using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Server.Configuration;

/// <summary>Warns of patterns in <c>rule_files</c> that miss what they were probably meant for; upstream passes over it in silence.</summary>
internal static class RulePatternHints
{
    private static readonly (string Written, string Other)[] Endings = [(".yml", ".yaml"), (".yaml", ".yml")];

    /// <summary>Warns of patterns without a file, and of files with the other ending of YAML that no pattern names.</summary>
    public static void Warn(YamlMapping map)
    {
        List<(YamlNode Node, string Path)> patterns = [.. (map.Take("rule_files")?.Items ?? []).Where(static n => n.Kind == YamlKind.Scalar).Select(n => (n, map.Diagnostics.Resolve(n.Text)))];
        HashSet<string> named = new(patterns.SelectMany(static p => PathGlob.Expand(p.Path)), StringComparer.Ordinal);
        foreach ((YamlNode node, string path) in patterns)
        {
            string[] missed = [.. NearMisses(path).Where(f => !named.Contains(f)).Select(Path.GetFileName).OfType<string>()];
            if (missed.Length > 0)
            {
                map.Diagnostics.Warn(node.Position, $"rule_files: {node.Text} does not name {string.Join(", ", missed)}");
            }
            else if (PathGlob.Expand(path).Count == 0)
            {
                map.Diagnostics.Warn(node.Position, $"rule_files: no file matches {path}");
            }
        }
    }

    private static IEnumerable<string> NearMisses(string path)
    {
        foreach ((string written, string other) in Endings)
        {
            if (path.EndsWith(written, StringComparison.OrdinalIgnoreCase))
            {
                return PathGlob.Expand(string.Concat(path.AsSpan(0, path.Length - written.Length), other));
            }
        }

        return [];
    }
}
