using System.Text;
using System.Text.RegularExpressions;
using Pharos.Config.Yaml;

namespace Pharos.Server.Configuration.Files;

/// <summary>Tells what a file is from what stands in it. Names decide nothing.</summary>
internal static partial class ConfigFileRecogniser
{
    private static readonly string[] PrometheusKeys = ["scrape_configs", "scrape_config_files", "rule_files", "remote_write", "remote_read"];
    private static readonly string[] PrometheusGlobals = ["scrape_interval", "scrape_timeout", "evaluation_interval", "external_labels", "query_log_file", "rule_query_offset"];
    private static readonly string[] AlertmanagerKeys = ["route", "inhibit_rules", "mute_time_intervals", "time_intervals"];
    private static readonly string[] WebKeys = ["tls_server_config", "http_server_config", "basic_auth_users"];

    // What other programs' files have beside keys that they share with Prometheus.
    private static readonly string[] ForeignKeys = ["positions", "clients", "exporters", "processors", "services", "prometheus_remote_write"];

    /// <summary>The kind of a parsed file.</summary>
    public static ConfigFileKind Recognise(IReadOnlyList<YamlNode> documents)
    {
        List<YamlNode> filled = [.. documents.Where(static d => !d.IsNull)];
        if (filled.Exists(static d => Has(d, "apiVersion") && Has(d, "kind")))
        {
            return ConfigFileKind.Manifest;
        }

        if (filled.Count != 1)
        {
            return ConfigFileKind.None;
        }

        YamlNode root = filled[0];
        return root.Kind switch
        {
            YamlKind.Sequence => root.Items.Count > 0 && root.Items.All(static i => i.Find("targets")?.Kind == YamlKind.Sequence) ? ConfigFileKind.Targets : ConfigFileKind.None,
            YamlKind.Mapping => RecogniseMapping(root),
            _ => ConfigFileKind.None,
        };
    }

    /// <summary>
    /// Whether a text that cannot be parsed was meant to be configuration: it starts as YAML or JSON does, a line of it begins with one of the words that
    /// configuration begins with, and it is no prose with examples.
    /// </summary>
    public static bool LooksIntended(ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0))
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(content[..Math.Min(content.Length, 1 << 20)]);
        return FirstLine().IsMatch(text) && IntendedLine().IsMatch(text) && !text.Contains("```", StringComparison.Ordinal);
    }

    private static ConfigFileKind RecogniseMapping(YamlNode root)
    {
        if (IsList(root, "groups"))
        {
            return Has(root, "apiVersion") ? ConfigFileKind.GrafanaAlerting : ConfigFileKind.Rules;
        }

        if (Has(root, "tests") && (Has(root, "rule_files") || Has(root, "evaluation_interval")))
        {
            return ConfigFileKind.RuleTests;
        }

        if (Array.Exists(WebKeys, k => Has(root, k)))
        {
            return ConfigFileKind.WebConfig;
        }

        if (IsList(root, "receivers") || (!IsPrometheus(root) && Array.Exists(AlertmanagerKeys, k => Has(root, k)) && Has(root, "route")))
        {
            return ConfigFileKind.Alertmanager;
        }

        if (IsPrometheus(root) && !Array.Exists(ForeignKeys, k => Has(root, k)))
        {
            return ConfigFileKind.Prometheus;
        }

        return RecogniseGrafana(root);
    }

    private static bool IsPrometheus(YamlNode root) =>
        Array.Exists(PrometheusKeys, k => Has(root, k))
        || (root.Find("alerting") is { } alerting && (Has(alerting, "alertmanagers") || Has(alerting, "alert_relabel_configs")))
        || (root.Find("global") is { } global && Array.Exists(PrometheusGlobals, k => Has(global, k)));

    private static ConfigFileKind RecogniseGrafana(YamlNode root)
    {
        YamlNode board = root.Find("dashboard") is { Kind: YamlKind.Mapping } wrapped ? wrapped : root;
        if (IsList(board, "panels") || (IsList(board, "rows") && Has(board, "title")) || (Has(board, "schemaVersion") && Has(board, "title")))
        {
            return ConfigFileKind.Dashboard;
        }

        if (!Has(root, "apiVersion"))
        {
            return ConfigFileKind.None;
        }

        return Has(root, "datasources") ? ConfigFileKind.Datasources
            : Has(root, "providers") ? ConfigFileKind.DashboardProviders
            : Has(root, "contactPoints") || Has(root, "policies") || Has(root, "muteTimes") ? ConfigFileKind.GrafanaAlerting
            : ConfigFileKind.None;
    }

    private static bool Has(YamlNode node, string key) => node.Find(key) is not null;

    private static bool IsList(YamlNode node, string key) => node.Find(key)?.Kind == YamlKind.Sequence;

    [GeneratedRegex(@"\A(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---|%YAML|[\w.-]+\s*:(?:\s|$)|-\s*\w+\s*:|[{\[])", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FirstLine();

    [GeneratedRegex(@"^(?:global|scrape_configs|rule_files|alerting|remote_write|remote_read|groups|route|receivers|apiVersion|tls_server_config|basic_auth_users|datasources|providers)\s*:|^-\s*targets\s*:", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IntendedLine();
}
