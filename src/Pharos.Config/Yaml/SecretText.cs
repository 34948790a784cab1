using System.Text;
using System.Text.RegularExpressions;

namespace Pharos.Config.Yaml;

/// <summary>
/// The text of a YAML file with <c>&lt;secret&gt;</c> in the place of every value that may be secret, for people to look at. In doubt more is hidden: all up to the
/// next node, and what looks like a secret in comments and addresses.
/// </summary>
public static partial class SecretText
{
    private const string Hidden = "<secret>";
    private const int MaxDepth = 100;

    // Mappings whose keys are names: every value of them may be a secret.
    private static readonly string[] SecretMappings = ["basic_auth_users", "headers", "http_headers", "data", "stringData"];

    /// <param name="text">The whole file.</param>
    /// <param name="documents">What was parsed from this very text.</param>
    public static string Hide(string text, IReadOnlyList<YamlNode> documents)
    {
        var starts = new SortedSet<(int Line, int Column)>();
        var secrets = new SortedSet<(int Line, int Column)>();
        var seen = new HashSet<(YamlNode Node, bool IsSecret)>();
        foreach (YamlNode document in documents)
        {
            Collect(document, isSecret: false, 0, starts, secrets, seen);
        }

        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach ((int line, int column) in secrets.Reverse())
        {
            (int Line, int Column) next = starts.GetViewBetween((line, column + 1), (int.MaxValue, int.MaxValue)).FirstOrDefault((lines.Length + 1, 1));
            Replace(lines, line - 1, column - 1, next.Line - 1, next.Column - 1);
        }

        var shown = new StringBuilder(text.Length);
        foreach (string line in lines.Where(static line => line is not null))
        {
            shown.Append(CommentSecret().Replace(UserInfo().Replace(line, $"://{Hidden}@"), $"$1{Hidden}")).Append('\n');
        }

        return shown.ToString(0, Math.Max(0, shown.Length - 1));
    }

    private static void Collect(
        YamlNode node, bool isSecret, int depth, SortedSet<(int, int)> starts, SortedSet<(int, int)> secrets, HashSet<(YamlNode, bool)> seen)
    {
        if (!seen.Add((node, isSecret)) || depth > MaxDepth)
        {
            return;
        }

        starts.Add((node.Position.Line, node.Position.Column));
        if (node.Kind == YamlKind.Scalar && isSecret && node.Text.Length > 0)
        {
            secrets.Add((node.Position.Line, node.Position.Column));
        }

        foreach (YamlNode item in node.Items)
        {
            Collect(item, isSecret, depth + 1, starts, secrets, seen);
        }

        foreach (YamlEntry entry in node.Entries)
        {
            starts.Add((entry.Key.Position.Line, entry.Key.Position.Column));
            Collect(entry.Value, IsSecret(entry, isSecret), depth + 1, starts, secrets, seen);
        }
    }

    // A mapping under a telling name, as basic_auth, tells of itself which of its values are secret.
    private static bool IsSecret(YamlEntry entry, bool isSecret)
    {
        string key = entry.Key.Text;
        return isSecret || SecretMappings.Contains(key, StringComparer.Ordinal) || (entry.Value.Kind != YamlKind.Mapping && !HoldsMappings(entry.Value) && IsSecret(key));
    }

    private static bool IsSecret(string key) =>
        SecretFields.IsSecret(key) || key.EndsWith("api_url", StringComparison.Ordinal) || key.EndsWith("_key", StringComparison.Ordinal);

    private static bool HoldsMappings(YamlNode node) => node.Kind == YamlKind.Sequence && node.Items.Any(static item => item.Kind == YamlKind.Mapping);

    private static void Replace(string[] lines, int line, int column, int nextLine, int nextColumn)
    {
        if (line < 0 || line >= lines.Length || lines[line] is null || column < 0 || column > lines[line].Length)
        {
            return;
        }

        if (nextLine == line)
        {
            lines[line] = $"{lines[line][..column]}{Hidden}, {lines[line][Math.Min(nextColumn, lines[line].Length)..]}";
            return;
        }

        lines[line] = lines[line][..column] + Hidden;
        for (int i = line + 1; i < Math.Min(nextLine, lines.Length); i++)
        {
            // Of a text over several lines; comments between go with it.
            lines[i] = "";
        }
    }

    [GeneratedRegex("://[^/\\s@]+@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UserInfo();

    [GeneratedRegex("(#.*(?:password|secret|token|credential|passphrase|_key|api_url|webhook)[a-z_]*[\"']?\\s*:\\s*)\\S.*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex CommentSecret();
}
